"""Indicators leave the coordinating office without any group of people small enough to be recognised."""

import random
from collections import defaultdict
from datetime import date

import duckdb
import pytest

from checks import findings
from tests.warehouse.small_city import build_city
from warehouse import models
from warehouse.models import MODELS_FOLDER

LEAST = 5
MODEL = (MODELS_FOLDER / "mart" / "indicator.sql").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bench():
    with duckdb.connect() as connection:
        connection.execute("create schema run; create schema policy; create schema area")
        connection.execute("create table run.context as select date '2024-06-30' as as_of")
        connection.execute(
            f"create table policy.small_cell_limit as select date '2000-01-01' as valid_from, {LEAST} as value"
        )
        yield connection


def hidden(bench, cells: list[tuple]) -> set[tuple[str, str]]:
    """The places hidden when each cell is (town, community, people, people_with, people_without)."""
    bench.execute(
        "create or replace table area.count (month date, town varchar, community varchar, measure varchar, "
        "value decimal(14, 4), people bigint, people_with bigint, people_without bigint)"
    )
    bench.executemany(
        "insert into area.count values (?, ?, ?, 'm', 1, ?, ?, ?)", [(date(2024, 6, 1), *cell) for cell in cells]
    )
    return set(bench.execute(f"select town, community from ({MODEL}) where suppressed").fetchall())


def count(town: str, community: str, people: int) -> tuple:
    return (town, community, people, people, 0)


def test_a_small_cell_takes_the_next_smallest_of_its_town_along(bench):
    cells = [count("甲镇", "一村", 3), count("甲镇", "二村", 6), count("甲镇", "三村", 9), count("乙镇", "四村", 7)]
    assert hidden(bench, cells) == {("甲镇", "一村"), ("甲镇", "二村")}


def test_hidden_cells_together_are_no_small_group(bench):
    cells = [count("甲镇", place, people) for place, people in (("一村", 1), ("二村", 2), ("三村", 8), ("四村", 9))]
    assert hidden(bench, cells) == {("甲镇", "一村"), ("甲镇", "二村"), ("甲镇", "三村")}


def test_a_small_town_takes_another_town_along(bench):
    cells = [count("甲镇", "一村", 3), count("乙镇", "二村", 30), count("丙镇", "三村", 40), count(None, None, 50)]
    assert hidden(bench, cells) == {("甲镇", "一村"), ("乙镇", "二村")}


def test_a_few_who_went_without_hide_the_share_of_the_many(bench):
    cells = [("甲镇", "一村", 40, 38, 2), ("甲镇", "二村", 40, 40, 0), ("甲镇", "三村", 40, 30, 10)]
    assert hidden(bench, cells) == {("甲镇", "一村"), ("甲镇", "三村")}


def test_nobody_hidden_where_every_group_is_large_or_empty(bench):
    assert hidden(bench, [("甲镇", "一村", 40, 40, 0), ("甲镇", "二村", 9, 0, 9)]) == set()


def small(people: int, received: int, without: int) -> bool:
    return people < LEAST or 0 < received < LEAST or 0 < without < LEAST


def left_over(shown: set, all_of: dict) -> tuple[int, int, int]:
    """What is left of a total when all that is shown is taken from it."""
    columns = zip(*(all_of[place] for place in all_of if place not in shown), strict=True)
    people, received, without = (sum(column) for column in columns)
    return people, received, without


@pytest.mark.parametrize("seed", range(150))
def test_nobody_works_a_small_group_out_of_the_totals(bench, seed):
    chance = random.Random(seed)
    cells = {("镇0", "村0"): (20, 20, 0)}
    for town in range(chance.randint(1, 5)):
        for community in range(1, chance.randint(2, 7)):
            without = chance.choice((0, 0, chance.randint(0, 12)))
            received = chance.choice((0, chance.randint(0, 6), chance.randint(0, 40)))
            if received + without:
                cells[f"镇{town}", f"村{community}"] = (received + without, received, without)
    suppressed = hidden(bench, [(*place, *figures) for place, figures in cells.items()])

    assert not any(small(*figures) for place, figures in cells.items() if place not in suppressed)
    towns: dict[str, dict] = defaultdict(dict)
    for place, figures in cells.items():
        towns[place[0]][place] = figures
    totals = {town: left_over(set(), places) for town, places in towns.items()}
    dark = {town for town, places in towns.items() if places.keys() <= suppressed}
    for town, places in towns.items():
        if town not in dark and places.keys() & suppressed:
            assert len(places.keys() & suppressed) >= 2
            assert not small(*left_over(places.keys() - suppressed, places))
    if any(small(*totals[town]) for town in dark) and dark < totals.keys():
        assert len(dark) >= 2
        assert not small(*left_over(totals.keys() - dark, totals))


@pytest.fixture
def small_city():
    with duckdb.connect() as connection:
        build_city(connection)
        yield connection


def test_a_finding_closed_is_counted_with_the_days_it_took(small_city):
    """Found on 30 June, told to the person, found untrue on 12 July; that it was told opens nothing anew."""
    flag = "deceased_on_roster_paid"
    ((finding,),) = small_city.execute(
        "select finding_id from findings.finding where rule = 'deceased_on_roster' and condition = 'paid'"
    ).fetchall()
    for day, state in (("2024-07-02", "已通知"), ("2024-07-05", "待核实"), ("2024-07-12", "不属实")):
        small_city.execute("insert into findings.history values (?, ?, ?, '核实人', '核实')", [finding, day, state])
    models.build(small_city, "area", "mart")
    told = small_city.execute(
        "select month, measure, value::integer from mart.indicator where ends_with(measure, ?) order by all", [flag]
    ).fetchall()
    assert told == [
        (date(2024, 6, 1), f"open_{flag}", 1),
        (date(2024, 6, 1), f"opened_{flag}", 1),
        (date(2024, 7, 1), f"closed_{flag}", 1),
        (date(2024, 7, 1), f"days_to_close_{flag}", 12),
    ]


def test_a_family_finding_that_ended_still_counts_where_it_was(small_city):
    ((finding,),) = small_city.execute("select min(finding_id) from findings.finding").fetchall()
    for table in ("finding", "known"):
        small_city.execute(f"update findings.{table} set person_id = null where finding_id = ?", [finding])
    place = "select town, community from area.flag where finding_id = ?"
    for _ in range(2):  # found, and ended in the night after
        models.build(small_city, "area", "mart")
        findings.remember_places(small_city)
        assert small_city.execute(place, [finding]).fetchall() == [("甲镇", "一村")]
        small_city.execute("delete from findings.finding where finding_id = ?", [finding])


def test_coverage_counts_who_was_due_who_received_and_the_share(small_city):
    told = dict(
        small_city.execute(
            "select measure, value::double from mart.indicator "
            "where month = date '2024-06-01' and starts_with(measure, 'dibao_paid')"
        ).fetchall()
    )
    assert told == {"dibao_paid_due": 1, "dibao_paid_received": 1, "dibao_paid_share": 1}
