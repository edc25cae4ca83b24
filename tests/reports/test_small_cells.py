"""Counts of few people, and what would tell them, do not leave the office."""

import pytest

from reports.headings import heading_of
from reports.monthly import write_month
from reports.small_cells import without_small
from reports.table import Table
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, SECRET, publish


def table(*rows, columns=("town", "people", "yuan"), marked=None) -> Table:
    return Table("区镇", "", [heading_of(column) for column in columns], list(rows), "", marked=marked or {})


def people(*counts: int) -> list:
    rows = [(f"镇{number}", count, count * 100) for number, count in enumerate(counts)]
    return [row[1] for row in without_small(table(*rows), ("people", "yuan"), 5).rows]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((9, 7, 5), [9, 7, 5]),
        ((9, 7, 0), [9, 7, 0]),
        ((9, 7, 4), [9, None, None]),
        ((9, 2, 3), [9, None, None]),
        ((9, 1, 2), [None, None, None]),
        ((9, 8, 1, 2), [9, None, None, None]),
        ((3,), [None]),
    ],
)
def test_a_small_count_is_hidden_with_what_would_tell_it(counts, shown):
    assert people(*counts) == shown


def test_yuan_of_hidden_people_are_hidden_and_marked_cells_too():
    rows = [("甲镇", 9, 900), ("乙镇", 4, 400), ("丙镇", 7, 700)]
    kept = without_small(table(*rows, marked={0: {1}}), ("people", "yuan"), 5)
    assert kept.rows == [("甲镇", None, 900), ("乙镇", None, None), ("丙镇", None, None)]


def test_the_page_leaves_out_what_the_indicators_withhold(tmp_path):
    def indicate(connection):
        for town, withheld in (("玉山镇", False), ("巴城镇", True)):
            for measure, people in (("family_doctor_due", 40), ("family_doctor_received", 31)):
                connection.execute(
                    "insert into mart.indicator values (?, ?, '新城社区', ?, ?, 40, ?)",
                    [JUNE, town, measure, people, withheld],
                )

    path = publish(small_city(), tmp_path / "full.duckdb", indicate)
    write_month(path, tmp_path / "out", JUNE, secret=SECRET, issued_on=ISSUED)
    page = (tmp_path / "out" / "2026-06" / "index.html").read_text(encoding="utf-8")
    assert page.count("77.5%") == 1
    assert "不得外传" not in page
    # Every town of the small city has fewer than five matters to verify.
    towns = page[page.index("<h2>区镇</h2>") :]
    assert "<td>—</td>" in towns
