"""index.html: the month's sums for heads of office, nothing that runs, nothing of a person."""

import re

import pytest

from reports import drawing
from reports.monthly import write_month
from tests.reports.conftest import NAMES, NUMBERS
from tests.reports.published import ISSUED, JUNE, SECRET, City, publish
from tests.reports.reopened import Reopened


@pytest.fixture(scope="module")
def page(written) -> str:
    return (written["月度核对总表_2026-06.xlsx"].parent / "index.html").read_text(encoding="utf-8")


def test_figures_are_those_of_the_workbook(page, workbooks):
    shown = dict(re.findall(r"<span>([^<]+)\([^<()]+\)</span><b>([^<]+)</b>", page))
    summary = {
        (row["类别"], row["指标"]): row["本月"] for row in Reopened(workbooks["月度核对总表_2026-06.xlsx"]["汇总"]).rows
    }
    assert shown["在册家庭"] == f"{summary['帮扶', '在册家庭']:,}"
    assert shown["缺口待办"] == f"{summary['缺口', '待办事项']:,}" == "4"
    assert shown["核实待办"] == "2"
    assert shown["月保障金额"] == "17,450"


def test_no_person_family_or_community_is_on_the_page(page):
    named = [*NAMES.values(), *NUMBERS.values(), "李四(登记)", "新城社区", "320583", "赵钱"]
    assert not [word for word in named if word in page]
    assert not re.search(r"\bF\d+\b|\d{6}\*+", page)


def test_nothing_runs_and_nothing_is_fetched(page):
    assert not re.search(r"<script|javascript:|\son\w+=|https?://|url\(|@import|<iframe|<form", page)
    assert "default-src 'none'" in page


def test_an_empty_month_says_so_instead_of_failing(tmp_path):
    database = publish(City(), tmp_path / "full.duckdb")
    write_month(database, tmp_path / "out", JUNE, secret=SECRET, issued_on=ISSUED)
    page = (tmp_path / "out" / "2026-06" / "index.html").read_text(encoding="utf-8")
    assert "本月无异常" in page
    assert "在册家庭" not in page


def test_drawn_text_is_text():
    assert "&lt;b&gt;" in drawing.bars([("<b>镇", [1])], ["件"], str)
    assert "<b>" not in drawing.lines(["<b>"], [("<b>", [1, 2])])


def test_bars_are_as_long_as_their_values():
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="14"', drawing.bars(
        [("甲", [10, 5]), ("乙", [5, 0])], ["缺口", "核实"], str))]  # fmt: skip
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.1)
    assert widths[2] == pytest.approx(widths[1], abs=0.1)
    assert widths[3] == 0
