"""From entries to the physical rows of one sheet: headings, titles, totals, signatures and the usual accidents.

Every physical row gets a mark, so that the truth knows each of them: whose it is, and what must become of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from connectors.demo_city import accidents
from connectors.demo_city.exports import Column, Entry, Form
from connectors.demo_city.printing import (
    MONEY_UNITS,
    Printer,
    code_printer,
    date_printer,
    money_printer,
    month_printer,
    number_printer,
    text_printer,
)

NOBODY = -1


@dataclass(frozen=True)
class Style:
    """How one office prints one file. Forms are keys of printing.py; `numeric_ids` is "excel" or "double"."""

    date: str = "iso"
    birth: str | None = None
    month: str = "iso"
    money: str = "plain"
    units: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    title: bool = False
    two_rows: bool = False
    total: str | None = None
    signature: bool = False
    repeat_every: int = 0
    numbered: bool = False
    extras: tuple[str, ...] = ()
    shuffled: bool = False
    numeric_ids: str | None = None
    bare: bool = False  # DBF and Parquet: names of columns are no rows, and nothing stands around the data


class Mark(NamedTuple):
    """What a physical row is."""

    person: int
    fate: str
    label: str


class Sheet(NamedTuple):
    """Physical rows with their marks, in step; the headings as printed."""

    headings: list[str]
    rows: list[list[Any]]
    marks: list[Mark]


def lay_out(form: Form, entries: Sequence[Entry], style: Style, random: Random,
            spared: frozenset[int] | set[int], damage: float) -> Sheet:
    """One sheet. `spared` people meet no accident; `damage` 0 leaves accidents out altogether."""
    order = list(range(len(form.columns)))
    if style.shuffled:
        random.shuffle(order)
    columns = [form.columns[place] for place in order]
    headings = [_heading(column, style, random) for column in columns]
    body = _body(form, entries, order, columns, style, random, style.numeric_ids if damage else None)
    if damage:
        accidents.happen(body, form, [column.name for column in columns], random, spared)
    if not style.bare:
        _pad(body, style, random)
    headings = ["序号"] * style.numbered + headings + list(style.extras)
    if style.bare:
        return Sheet(headings, [cells for cells, _ in body], [mark for _, mark in body])
    physical = _surround(form, body, headings, columns, style, entries)
    return Sheet(headings, [cells for cells, _ in physical], [mark for _, mark in physical])


def _heading(column: Column, style: Style, random: Random) -> str:
    usual = random.random() < 0.5
    heading = column.headings[0] if usual else random.choice(column.headings)
    heading = style.headings.get(column.name, heading)
    if column.name in style.units:
        return column.headings[0] + MONEY_UNITS[style.units[column.name]]
    return heading


def _printer(column: Column, style: Style, random: Random) -> Printer:
    if column.codes is not None:
        return code_printer(column.codes, random)
    match column.kind:
        case "date":
            return date_printer(style.birth or style.date if column.name == "birth_date" else style.date)
        case "month":
            return month_printer(style.month)
        case "yuan":
            return money_printer(style.units.get(column.name, style.money))
        case "number":
            return number_printer(style.money == "cell")
        case _:
            return text_printer


def _body(form: Form, entries: Sequence[Entry], order: list[int], columns: Sequence[Column], style: Style,
          random: Random, numeric_ids: str | None) -> list[tuple[list[Any], Mark]]:
    printers = [(place, _printer(column, style, random)) for place, column in zip(order, columns, strict=True)]
    number = order.index(form.place("id_no"))
    body = []
    for entry in entries:
        cells = [print_value(entry.values[place]) for place, print_value in printers]
        label = entry.label
        if numeric_ids:
            cells[number], label = accidents.number_cell(cells[number], label, numeric_ids)
        body.append((cells, Mark(entry.person, "loaded", label)))
    return body


def _pad(body: list[tuple[list[Any], Mark]], style: Style, random: Random) -> None:
    """Add the columns no contract knows: a running number before, remarks and the clerk behind."""
    clerks = ("管理员", "wangl", "民政01", "导入")
    for running, (cells, mark) in enumerate(body, 1):
        if style.numbered and mark.label != "copy":
            cells.insert(0, running)
        cells.extend(
            random.choice(("", "", "", "已核", "已核,无误")) if extra == "备注" else clerks[running % 4]
            for extra in style.extras if mark.label != "copy"
        )
        if mark.label == "copy":
            cells[:] = body[running - 2][0]


def _surround(form: Form, body: list[tuple[list[Any], Mark]], headings: list[str], columns: Sequence[Column],
              style: Style, entries: Sequence[Entry]) -> list[tuple[list[Any], Mark]]:
    aside = Mark(NOBODY, "skipped", "")
    above: list[list[Any]] = []
    if style.title:
        above = [[f"昆山市{form.title}"], ["填报单位：昆山市", None, None, "单位：元"]]
    heads: list[list[Any]] = [headings]
    if style.two_rows:
        split = len(headings) // 2
        group: list[Any] = [None] * len(headings)
        group[0], group[split] = "基本信息", "业务信息"
        heads = [group, headings]
    rows = [(cells, aside) for cells in above + heads]
    for place, row in enumerate(body):
        if style.repeat_every and place and place % style.repeat_every == 0:
            rows.append((list(headings), aside))
        rows.append(row)
    below: list[list[Any]] = []
    if style.total:
        below.append(_total(form, headings, columns, style, entries))
    if style.signature:
        below += [[], ["制表人：陆建芳", None, "审核人：沈明", None, "制表日期：2026年7月3日"]]
    return rows + [(cells, aside) for cells in below]


def _total(form: Form, headings: list[str], columns: Sequence[Column], style: Style,
           entries: Sequence[Entry]) -> list[Any]:
    cells: list[Any] = [None] * len(headings)
    cells[0] = "合计"
    summed = form.place(style.total or "")
    place = next(place for place, column in enumerate(columns) if column.name == style.total)
    money = money_printer(style.units.get(style.total or "", style.money))
    total = money(sum(entry.values[summed] or 0 for entry in entries))
    cells[max(1, place + int(style.numbered))] = total
    return cells
