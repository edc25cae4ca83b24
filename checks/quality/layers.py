"""The layers after linking and judging: what does not add up is a fault of the program, and stops the night."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb
import pyarrow as pa

from checks.quality.bounds import project_bounds
from checks.quality.judging import Expectation, failed
from checks.quality.measures import read_measures
from checks.quality.words import fault
from warehouse.errors import BangfuError

LAYERS = Path(__file__).parent / "layers"
BEFORE = Path(__file__).parent / "sql" / "layer_before.sql"


def verify_layers(connection: duckdb.DuckDBPyConnection) -> None:
    """Judge the whole of what is about to be published, in the caller's transaction; keeps quality.layer_*.

    Raises BangfuError when rows, links or evidence do not add up: then nothing of the run may be published.
    """
    figures = _figures(connection)
    expectations = [
        Expectation(one.measure, None, one.severity, one.side, one.bound, figures[one.measure])
        for one in project_bounds()
        if one.measure in figures and one.bound is not None
    ]
    broken = failed(expectations)
    _keep(connection, figures, expectations, broken)
    stops = [expectations[place] for place in sorted(broken) if expectations[place].severity == "critical"]
    if stops:
        told = ";".join(fault(one, None) for one in stops)
        raise BangfuError(
            where="发布前检查",
            found=f"各层对不上:{told}",
            remedy="程序有误,本次没有发布任何内容,上次发布的仍然有效;请把这一行告知维护人员",
        )


def _figures(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Every figure of layers/, and the quotients to the last run's where there was one."""
    figures = {}
    for file in sorted(LAYERS.glob("*.sql")):
        (figure,) = connection.execute(file.read_text(encoding="utf-8")).fetchall()[0]
        figures[file.stem] = float(figure)
    before = dict(connection.execute(BEFORE.read_text(encoding="utf-8")).fetchall())
    for measure in read_measures().values():
        if measure.layer and before.get(measure.before):
            figures[measure.name] = figures[measure.before] / before[measure.before]
    return figures


def _keep(
    connection: duckdb.DuckDBPyConnection,
    figures: Mapping[str, float],
    expectations: Sequence[Expectation],
    broken: set[int],
) -> None:
    (run_id,) = connection.execute("select run_id from run.context").fetchall()[0]
    kept = [{"run_id": run_id, "measure": measure, "value": value} for measure, value in figures.items()]
    judged = [_outcome(run_id, one, passed=place not in broken) for place, one in enumerate(expectations)]
    for table, rows in (("layer_figure", kept), ("layer_outcome", judged)):
        connection.execute(f"delete from quality.{table} where run_id = ?", [run_id])
        connection.register("layer_rows", pa.Table.from_pylist(rows))
        connection.execute(f"insert into quality.{table} by name from layer_rows")
        connection.unregister("layer_rows")


def _outcome(run_id: int, expectation: Expectation, *, passed: bool) -> dict[str, object]:
    told = {name: value for name, value in asdict(expectation).items() if name != "column_name"}
    return {**told, "run_id": run_id, "passed": passed, "what": None if passed else fault(expectation, None)}
