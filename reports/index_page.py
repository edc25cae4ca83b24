"""index.html: the month's figures for heads of office. Only sums of the office's own sheets, nobody's name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from string import Template

import duckdb

from reports import drawing
from reports.cells import shown_text
from reports.disclosure import OFFICE
from reports.names import common_names
from reports.session import Request
from reports.sheet_file import WORKBOOKS, read_sheet_file
from reports.small_cells import read_least, without_small
from reports.table import Table, read_table

PAGE = Path(__file__).parent / "index" / "page.html"
FIGURES = ("在册家庭", "在册人数", "月保障金额", "新增和恢复家庭", "离开家庭", "待办事项", "身份待核", "其中未收下的行")
RULES_SHOWN = 15
# Towns have few families of the rarer categories: those counts stay in the office's workbook.
COUNTS = ("households", "people", "yuan", "supportive_open", "adverse_open", "closed_findings")
WITHHELD = "—"
# What the office's book says of cells that this page leaves out.
OFFICE_ONLY = "底色的格子涉及的人少,不得外传。"
TOWN_COLUMNS = ("town", "households", "people", "yuan", "supportive_open", "adverse_open", "closed_findings")
Read = Callable[[str], Table]


def write_index(connection: duckdb.DuckDBPyConnection, request: Request, folder: Path) -> Path:
    """Write the page; the session must still be the office's."""
    names = common_names(connection, request)

    def read(name: str) -> Table:
        file = read_sheet_file(WORKBOOKS / "reconciliation" / f"{name}.sql")
        return read_table(connection, file, recipient=OFFICE, request=request, names=names)

    least = read_least(connection, request.issued_on)

    def read_places(name: str) -> Table:
        shown = without_small(read(name), COUNTS, least)
        return replace(shown, note=shown.note.removesuffix(OFFICE_ONLY))

    path = folder / "index.html"
    page = Template(PAGE.read_text(encoding="utf-8"))
    path.write_text(
        page.substitute(_words(names), figures=_figures(read), parts=_parts(read, read_places)), encoding="utf-8"
    )
    return path


def _words(names: Mapping[str, str]) -> dict[str, str]:
    note = f"数据截至 {names['as_of_label']},签发 {names['issued_label']}。与花名册已交付的上一个月比较。"
    return {"title": escape(f"精准帮扶月报 · {names['month_label']}"), "note": escape(note)}


def _figures(read: Read) -> str:
    cards = []
    for section, figure, unit, this_month, _, change, *_ in read("10_summary").rows:
        if figure in FIGURES and this_month is not None:
            name = f"{section}待办" if figure == "待办事项" else figure.removeprefix("其中")
            told = f"比上月 {change:+,.0f}" if change is not None else ""
            cards.append(
                f'<div class="figure"><span>{escape(name)}({escape(unit)})</span><b>{this_month:,.0f}</b>'
                f"<span>{escape(told)}</span></div>"
            )
    return "\n".join(cards)


def _parts(read: Read, read_places: Read) -> str:
    parts = [_trend(read("10_summary.a_trend")), _moves(read("10_summary.d_waterfall"))]
    parts += [_rules(read("15_workload.b_rules")), _stack(read_places("15_workload.a_towns"))]
    parts += [_rates(read_places("50_towns.coverage"), most=1), _rates(read("70_deliveries.quality"))]
    parts += [_table(read("15_workload")), _table(read_places("50_towns"), TOWN_COLUMNS)]
    return "\n".join(parts)


def _section(table: Table, drawn: str, *, wide: bool = False) -> str:
    body = drawn if table.rows else f"<p>{escape(table.empty)}</p>"
    title, note = escape(table.title.split(" · ")[0]), escape(table.note)
    return f"<section{' class=wide' if wide else ''}><h2>{title}</h2><p>{note}</p>{body}</section>"


def _trend(table: Table) -> str:
    if not table.rows:
        return _section(table, "")
    months, *columns = zip(*table.rows, strict=True)
    series = [(heading.zh.removesuffix("(人)"), [int(value) for value in column])
              for heading, column in zip(table.headings[1:], columns, strict=True)]  # fmt: skip
    return _section(table, drawing.lines(months, [one for one in series if any(one[1])]))


def _moves(table: Table) -> str:
    return _section(table, drawing.steps(table.rows) if table.rows else "")


def _rules(table: Table) -> str:
    most = sorted(table.rows, key=lambda row: row[3], reverse=True)[:RULES_SHOWN]
    rows = [(f"{title}({kind})", [count]) for title, kind, _, count, *_ in most]
    note = f"每一事项只计一次。{f'只列待办最多的 {RULES_SHOWN} 条规则。' if len(table.rows) > RULES_SHOWN else ''}"
    return _section(replace(table, note=note), drawing.bars(rows, ["待办"], _count))


def _stack(table: Table) -> str:
    rows = [(town, counts) for town, *counts in table.rows]
    return _section(table, drawing.bars(rows, [heading.zh for heading in table.headings[1:]], _count))


def _rates(table: Table, *, most: float = 0) -> str:
    """One group of bars per rate column."""
    drawn = []
    for place, heading in enumerate(table.headings):
        if heading.kind == "rate":
            rows = [(row[0], [None if row[place] is None else float(row[place])]) for row in table.rows]
            drawn.append(f"<p>{escape(heading.zh)}</p>" + drawing.bars(rows, [heading.zh], _share, most=most))
    return _section(table, "".join(drawn))


def _table(table: Table, columns: Sequence[str] = ()) -> str:
    shown = [place for place, heading in enumerate(table.headings) if not columns or heading.column in columns]
    heads = "".join(f"<th>{escape(table.headings[place].zh)}</th>" for place in shown)
    rows = ["".join(f"<td>{escape(shown_text(row[place]) or WITHHELD)}</td>" for place in shown) for row in table.rows]
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    return _section(table, f'<div class="scroll"><table><tr>{heads}</tr>{body}</table></div>', wide=True)


def _count(value: float | None) -> str:
    return WITHHELD if value is None else f"{value:,.0f}"


def _share(value: float | None) -> str:
    return WITHHELD if value is None else f"{value:.1%}"
