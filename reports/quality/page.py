"""outbox/quality.html: for whoever looks after the deliveries. One file, nothing that runs, nothing fetched."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template

import duckdb

from reports.placing import building_beside, move_into_place

FOLDER = Path(__file__).parent
INDEX = FOLDER.parent / "index" / "page.html"
REFUSED = FOLDER.parent / "status" / "refused.sql"
LABELS_FILE = FOLDER.parent / "labels.toml"
FILE_NAME = "quality.html"
SHOWN_DELIVERIES = 4
SEVERITIES = {"critical": "停收", "warning": "提醒", "info": "备注"}
SPARK_WIDTH, SPARK_HEIGHT = 120, 24


@dataclass(frozen=True)
class Delivered:
    """One row of deliveries.sql."""

    department: str
    title: str
    delivery_id: int
    received_at: datetime
    source_file: str
    sheet: str | None
    status: str
    rows_loaded: int
    rows_rejected: int
    critical: int
    warning: int
    info: int

    @property
    def is_stopped(self) -> bool:
        return self.status == "refused" and self.critical > 0


Faults = Mapping[int, Sequence[tuple[str, str]]]  # delivery_id -> (severity, what)


def write_quality_page(connection: duckdb.DuckDBPyConnection, outbox: Path) -> Path:
    """Write the page from mart.quality_* and mart.delivery; gives its path."""
    deliveries = [Delivered(*row) for row in _read(connection, "deliveries")]
    faults: dict[int, list[tuple[str, str]]] = {}
    for delivery_id, severity, what in _read(connection, "faults"):
        faults.setdefault(delivery_id, []).append((severity, what))
    parts = [_refused(connection), *_departments(deliveries, faults)]
    parts += [_proposals(_read(connection, "proposals")), _layers(_read(connection, "layers"))]
    text = Template((FOLDER / "page.html").read_text(encoding="utf-8")).substitute(
        title="数据质量", note=_note(connection), style=_style(), figures=_figures(deliveries), parts="\n".join(parts)
    )
    with building_beside(outbox / FILE_NAME) as folder:
        (folder / FILE_NAME).write_text(text, encoding="utf-8")
        return move_into_place(folder, outbox)[0]


def _read(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple]:
    return connection.execute((FOLDER / f"{name}.sql").read_text(encoding="utf-8")).fetchall()


def _style() -> str:
    """The look of the month's page."""
    found = re.search(r"<style>.*?</style>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    return found[0] if found else ""


def _note(connection: duckdb.DuckDBPyConnection) -> str:
    (until,) = connection.execute("select max(received_until) from run.context").fetchall()[0]
    return escape(f"截至 {until:%Y-%m-%d %H:%M} 收到的交付。每份交付先量再查,停收的不入库,以前收下的仍然有效。")


def _figures(deliveries: Sequence[Delivered]) -> str:
    taken = [one for one in deliveries if not one.is_stopped]
    told = {
        "停收的交付": len(deliveries) - len(taken),
        "有提醒的交付": sum(one.warning > 0 for one in taken),
        "只有备注的交付": sum(one.info > 0 and not one.warning for one in taken),
        "没有问题的交付": sum(not (one.critical or one.warning or one.info) for one in taken),
    }
    return "\n".join(f'<div class="figure"><span>{name}</span><b>{count:,}</b></div>' for name, count in told.items())


def _section(title: str, note: str, body: str) -> str:
    return f"<section class=wide><h2>{escape(title)}</h2><p>{escape(note)}</p>{body}</section>"


def _refused(connection: duckdb.DuckDBPyConnection) -> str:
    """Every delivery that is not in force now and why: stopped by a check, or not to be read at all."""
    rows = connection.execute(REFUSED.read_text(encoding="utf-8")).fetchall()
    if not rows:
        return _section("未能接收", "收到的交付都已收下。", "")
    labels = _department_labels()
    reasons = "".join(
        f"<li>{escape(labels.get(department, department or ''))}:{escape(reason)}</li>"
        for department, *_, reason in rows
    )
    return _section("未能接收", "更正后重报即可;旁边写明怎样照收。", f"<ul>{reasons}</ul>")


def _departments(deliveries: Sequence[Delivered], faults: Faults) -> Iterator[str]:
    labels = _department_labels()
    for department, own in groupby(deliveries, key=lambda one: one.department):
        tables = [_table(title, list(same), faults) for title, same in groupby(own, key=lambda one: one.title)]
        yield _section(labels.get(department, department), f"每张表最近 {SHOWN_DELIVERIES} 次交付。", "".join(tables))


def _department_labels() -> dict[str, str]:
    labels: dict[str, str] = tomllib.loads(LABELS_FILE.read_text(encoding="utf-8"))["department"]
    return labels


def _table(title: str, deliveries: Sequence[Delivered], faults: Faults) -> str:
    rows = "".join(_row(one, faults.get(one.delivery_id, ())) for one in deliveries[: -SHOWN_DELIVERIES - 1 : -1])
    told = f"最近 {len(deliveries)} 次收下的行数" if len(deliveries) > 1 else ""
    spark = _spark([one.rows_loaded for one in deliveries]) if len(deliveries) > 1 else ""
    heads = "<tr><th>收到</th><th>文件</th><th>收下 / 未收</th><th>情况</th></tr>"
    return f'<h3>{escape(title)}{spark}<span>{told}</span></h3><div class="scroll"><table>{heads}{rows}</table></div>'


def _row(one: Delivered, faults: Sequence[tuple[str, str]]) -> str:
    place = one.source_file + (f" · {one.sheet}" if one.sheet else "")
    told = "".join(
        f"<li><span class={severity}>{SEVERITIES[severity]}</span> {escape(what)}</li>" for severity, what in faults
    )
    state = "停收" if one.is_stopped else "拒收" if one.status == "refused" else ""
    state = "照收(quality.toml 写明)" if one.critical and not state else state
    return (
        f"<tr><td>{one.received_at:%Y-%m-%d}</td><td>{escape(place)}</td>"
        f'<td class="figure">{one.rows_loaded:,} / {one.rows_rejected:,}</td>'
        f"<td>{state}{f'<ul>{told}</ul>' if told else ''}{'' if told or state else '没有问题'}</td></tr>"
    )


def _spark(values: Sequence[int]) -> str:
    """The course of a figure as a line without axes; a stopped delivery is a fall to nothing."""
    highest, step = max(values) or 1, SPARK_WIDTH / (len(values) - 1)
    points = " ".join(
        f"{place * step:.1f},{SPARK_HEIGHT - 2 - (SPARK_HEIGHT - 4) * value / highest:.1f}"
        for place, value in enumerate(values)
    )
    line = f'<polyline points="{points}" fill="none" stroke="#1f6f8b" stroke-width="1.5"/>'
    return f'<svg viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" role="img">{line}</svg>'


def _proposals(rows: Sequence[tuple]) -> str:
    if not rows:
        return _section("界限", "没有需要调整的界限。", "")
    told = "".join(
        f"<li>{escape(title)}:{escape(what)}。写进 quality.toml:<br><code>{escape(line)}</code></li>"
        for _, title, what, line in rows
    )
    return _section("界限", "下面的提醒次次都有;如果情况属实,可以调整界限。", f"<ul>{told}</ul>")


def _layers(rows: Sequence[tuple]) -> str:
    broken = "".join(f"<li><span class={severity}>{SEVERITIES[severity]}</span> {escape(what)}</li>"
                     for severity, passed, what in rows if not passed)  # fmt: skip
    note = f"行数守恒、每条记录都归到人、每条结果都有依据:共 {len(rows)} 项,{'全部通过' if not broken else '有提醒'}。"
    return _section("发布前各层检查", note if rows else "还没有发布过。", f"<ul>{broken}</ul>" if broken else "")
