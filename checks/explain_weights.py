"""Why records are this person's: what was compared and what each comparison weighs.

Weights are bits, log2 of how much likelier a comparison is for one person's records than for two people's
(Fellegi and Sunter 1969): +10 is a thousand to one for, -10 as much against. They add up.
"""

from collections.abc import Callable
from itertools import groupby
from typing import Any

import duckdb

from checks.find_person import rows

WEIGHTS_HEAD = "记录为什么归到此人(权重以比特计:+10 约为一千比一支持,-10 为一千比一反对;相加)"
Place = Callable[[str | None, str | None, str | None, list[int]], str]


def weight_lines(connection: duckdb.DuckDBPyConnection, person: str, *, place: Place) -> list[str]:
    """One line for what the person's own number places, then a small table for each record that was weighed.

    `place` words a place: department, file, sheet, rows. The three sums are against a stranger, against another
    member of the home, and against a twin: the record is the person's only if it holds against all of them.
    """
    lines = []
    by_number = [f"{phrase} {weight:+.1f}" for phrase, weight in rows(connection, "number_weights", person=person)]
    if by_number:
        lines.append(f"号码完好的记录:{'; '.join(by_number)}")
    for where, compared in groupby(rows(connection, "weights", person=person), key=lambda row: row[:5]):
        lines += _table(where, [row[5:] for row in compared], place)
    return lines


def _table(where: tuple[Any, ...], compared: list[tuple[Any, ...]], place: Place) -> list[str]:
    department, file, sheet, source_row, probability = where
    sums = [sum(row[column] for row in compared) for column in (1, 2, 3)]
    return [
        f"{place(department, file, sheet, [source_row])}(可能性 {probability:.2%})",
        *(
            f"    {phrase}:对外人 {bits[0]:+.1f},对家人 {bits[1]:+.1f},对双胞胎 {bits[2]:+.1f}"
            for phrase, *bits in compared
        ),
        f"    合计:对外人 {sums[0]:+.1f},对家人 {sums[1]:+.1f},对双胞胎 {sums[2]:+.1f}",
    ]
