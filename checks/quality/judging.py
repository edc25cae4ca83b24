"""Great Expectations over a small frame of measures: it judges figures, and never sees a row.

Importing it takes seconds, so it is imported in the background as soon as it is clear that something will be judged.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from checks.quality.bounds import SEVERITIES
from warehouse.errors import BangfuError

if TYPE_CHECKING:
    import pandas as pd

# No figure comes back either: only which expectations were not met.
NAMES_ALONE = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["expectation"],
    "include_unexpected_rows": False,
    "exclude_unexpected_values": True,
}


@dataclass(frozen=True)
class Expectation:
    """measured must not lie beyond bound on its side (lower, upper). column_name None: of a whole delivery or layer."""

    measure: str
    column_name: str | None
    severity: str
    side: str
    bound: float
    measured: float


def import_ahead() -> None:
    """Begin importing the library, so that it is there when the first delivery has been read."""
    threading.Thread(target=_library, name="great_expectations", daemon=True).start()


def failed(expectations: Sequence[Expectation]) -> set[int]:
    """Positions of the expectations that are not met.

    Raises BangfuError when the library could not judge one: that is a fault of the program, never of the data.
    """
    if not expectations:
        return set()
    validate = _library().validate  # waits for the import: the frame's library must not be imported from two threads
    frame = _frame(expectations)
    severities = _severities(expectations)
    if all(result.success for result in _judged(validate(frame, severities, "BOOLEAN_ONLY"), len(severities))):
        return set()
    results = _judged(validate(frame, severities, NAMES_ALONE), len(severities))
    return {position for result in results if not result.success for position in _positions(result)}


def _frame(expectations: Sequence[Expectation]) -> "pd.DataFrame":
    """One row per expectation; the figure that must not be the smaller one stands under its severity's `_greater`."""
    import pandas as pd

    columns: dict[str, Any] = {"expectation": range(len(expectations))}
    for severity in _severities(expectations):
        sides = [_sides(one) if one.severity == severity else (None, None) for one in expectations]
        columns[f"{severity}_greater"] = pd.Series([greater for greater, _ in sides], dtype="float64")
        columns[f"{severity}_smaller"] = pd.Series([smaller for _, smaller in sides], dtype="float64")
    return pd.DataFrame(columns)


def _sides(one: Expectation) -> tuple[float, float]:
    return (one.measured, one.bound) if one.side == "lower" else (one.bound, one.measured)


def _severities(expectations: Sequence[Expectation]) -> list[str]:
    present = {one.severity for one in expectations}
    return [severity for severity in SEVERITIES if severity in present]


def _judged(results: Sequence[Any], expected: int) -> Sequence[Any]:
    raised = [one for one in results if one.exception_info.get("raised_exception") is not False]
    if raised or len(results) != expected:
        raise BangfuError(
            where="质量检查",
            found=f"检查程序自身出错({len(raised)}项没有得出结果)",
            remedy="这不是数据的问题,请告知维护人员",
        )
    return results


def _positions(result: Any) -> Iterator[int]:
    for group in result.result["unexpected_index_list"]:
        yield from (int(position) for position in group["expectation"])


class _Library:
    """A context that lives in memory alone: no files, no docs, no progress bars, nothing sent anywhere."""

    def __init__(self) -> None:
        import great_expectations as gx
        from great_expectations import expectations
        from great_expectations.data_context.types.base import (
            DataContextConfig,
            InMemoryStoreBackendDefaults,
            ProgressBarsConfig,
        )
        from great_expectations.expectations.metadata_types import FailureSeverity

        config = DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        )
        context = gx.get_context(mode="ephemeral", project_config=config)
        asset = context.data_sources.add_pandas("measures").add_dataframe_asset("figures")
        self._batches = asset.add_batch_definition_whole_dataframe("figures")
        self._greater = expectations.ExpectColumnPairValuesAToBeGreaterThanB
        self._suite = gx.ExpectationSuite
        self._severity = FailureSeverity

    def validate(self, frame: "pd.DataFrame", severities: Sequence[str], result_format: Any) -> Sequence[Any]:
        """The library's results: one expectation per severity, over all rows that have it."""
        suite = [
            self._greater(
                column_A=f"{severity}_greater",
                column_B=f"{severity}_smaller",
                or_equal=True,
                ignore_row_if="either_value_is_missing",
                severity=self._severity(severity),
            )
            for severity in severities
        ]
        batch = self._batches.get_batch({"dataframe": frame})
        validated = batch.validate(self._suite(name="figures", expectations=suite), result_format=result_format)
        return list(validated.results)


_once = threading.Lock()


def _library() -> _Library:
    with _once:
        return _made()


@cache
def _made() -> _Library:
    return _Library()
