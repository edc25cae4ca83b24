"""The dibao standard against the one of a year before: figures side by side, a verdict only where one is possible."""

import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from checks.parameters import load_parameters
from warehouse.connection import prepare_schema
from warehouse.models import MODELS_FOLDER

POLICY = Path(__file__).parents[2] / "policy"
MODEL = (MODELS_FOLDER / "mart" / "standard_growth.sql").read_text(encoding="utf-8")
JULY = {year: datetime.date(year, 7, 1) for year in range(2022, 2027)}


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        prepare_schema(opened)
        load_parameters(opened, POLICY, None)
        yield opened


def growth(connection, as_of: datetime.date, standards: dict, tolerance: str | None = None) -> list[tuple]:
    connection.execute("delete from run.context")
    connection.execute("insert into run.context values (?, ?, 1)", [as_of, f"{as_of} 23:59:59"])
    for day, value in standards.items():
        connection.execute("insert into policy.dibao_standard values (?, ?, '某市文件')", [day, value])
    if tolerance:
        connection.execute("insert into policy.standard_growth_tolerance values ('2017-05-04', ?, 'x')", [tolerance])
    return connection.execute(
        f"select compared_on, standard_before, growth, summary from ({MODEL}) order by all"
    ).fetchall()


def test_without_a_standard_there_is_nothing_to_compare(connection):
    assert growth(connection, JULY[2026], {}) == []


def test_the_first_standard_has_none_before_it(connection):
    assert growth(connection, JULY[2025], {JULY[2025]: 1000}) == [(JULY[2025], None, None, "没有一年前的标准可比")]


def test_growth_is_told_without_a_verdict_where_about_has_no_figure(connection):
    (_, (day, before, share, summary)) = growth(connection, JULY[2025], {JULY[2024]: 1000, JULY[2025]: 1060})
    assert (day, before, share) == (JULY[2025], 1000, Decimal("0.06"))
    assert "增长 6.00%，要求约 8.00%，低 2.00 个百分点" in summary
    assert "未设定，不作判断" in summary


@pytest.mark.parametrize(
    ("standard", "verdict"), [(1070, "大致相当"), (1090, "大致相当"), (1069, "低于要求"), (1091, "高于要求")]
)
def test_a_tolerance_gives_a_verdict_its_edges_included(connection, standard, verdict):
    standards = {JULY[2024]: 1000, JULY[2025]: standard}
    assert verdict in growth(connection, JULY[2025], standards, tolerance="0.01")[-1][3]


def test_a_standard_older_than_a_year_has_not_grown_since(connection):
    standards = {JULY[2023]: 1000, JULY[2024]: 1080}
    assert len(growth(connection, JULY[2025], standards)) == 2
    later = growth(connection, datetime.date(2025, 7, 2), {})
    assert (later[-1][0], later[-1][2]) == (datetime.date(2025, 7, 2), 0)


def test_a_standard_of_the_future_is_not_yet_one(connection):
    assert len(growth(connection, JULY[2024], {JULY[2024]: 1000, JULY[2025]: 1080})) == 1


def test_two_changes_in_one_year_are_each_held_against_the_day_a_year_before(connection):
    standards = {JULY[2023]: 1000, datetime.date(2024, 1, 1): 1050, JULY[2024]: 1080}
    told = {day: before for day, before, *_ in growth(connection, JULY[2024], standards)}
    assert told == {JULY[2023]: None, datetime.date(2024, 1, 1): None, JULY[2024]: 1000}
