"""What was said on a day is said again, whatever came later; nothing that is published changes."""

import hashlib
import shutil
import stat
from datetime import date

import duckdb
import pytest

from flows.cli import main
from flows.nightly import nightly
from flows.replay import replay
from flows.settings import read_settings
from tests.connectors.small_home import csv_bytes, table
from warehouse.connection import connect

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
FINDINGS = """
    select finding_id, rule, condition, person_id, family_no, first_met_on, amount, identity, state, summary
    from mart.finding order by all
"""
LINKS = "select source_table, source_file, source_row, person_id, certain from mart.identity_link order by all"


def listed(month: str, *families: str) -> list[list[str | None]]:
    """The roster of a month: person 0 in each of the families, person 20 in a family of their own."""
    told = {"month": month, "sex": "女", "birth_date": "1985-01-01", "start_date": "2026-01-01", "category": "低保"}
    rows = table("assistance_roster", 1, family_no=families[0], **told)
    for family in families[1:]:
        rows += table("assistance_roster", 1, family_no=family, **told)[1:]
    return rows + table("assistance_roster", 1, first=20, family_no="丙3", **told)[1:]


def ask(database, statement: str) -> list[tuple]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(statement).fetchall()


def digest(*files) -> list[str]:
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory):
    """In May a person stands in two families; in June the list of May comes again, corrected, and a death."""
    settings = read_settings(tmp_path_factory.mktemp("replay") / "home")
    home = settings.home
    home.prepare()
    inbox = home.inbox / "civil_affairs"
    (inbox / "名册.csv").write_bytes(csv_bytes(listed("2026-05", "甲1", "乙2")))
    nightly(settings, as_of=MAY)
    may = {statement: ask(home.full_database, statement) for statement in (FINDINGS, LINKS)}
    (inbox / "名册更正.csv").write_bytes(csv_bytes(listed("2026-05", "甲1")))
    (inbox / "火化.csv").write_bytes(csv_bytes(table("deaths", 1, first=20, sex="女", death_date="2026-04-02")))
    nightly(settings, as_of=JUNE)
    june = {statement: ask(home.full_database, statement) for statement in (FINDINGS, LINKS)}
    return settings, may, june


def test_the_two_nights_differ(two_nights):
    _, may, june = two_nights
    assert "two_families" in {row[2] for row in may[FINDINGS]}
    assert "two_families" not in {row[2] for row in june[FINDINGS]}


@pytest.mark.parametrize(("day", "received", "later"), [(MAY, 1, 2), (date(2026, 6, 29), 1, 2), (JUNE, 3, 0)])
def test_a_day_says_again_what_it_said(two_nights, day, received, later):
    settings, may, june = two_nights

    told = replay(settings, day)

    assert (told.received, told.later) == (received, later)
    then = june if day == JUNE else may
    assert ask(told.database, LINKS) == then[LINKS]
    assert [row[:7] for row in ask(told.database, FINDINGS)] == [row[:7] for row in then[FINDINGS]]
    assert sum(count for *_, count in told.found) == len(then[FINDINGS])


def test_a_row_that_was_replaced_later_is_in_force_and_its_delivery_accepted(two_nights):
    settings, _, _ = two_nights
    told = replay(settings, MAY)
    assert ask(told.database, "select source_file, status from mart.delivery") == [("名册.csv", "accepted")]
    assert ask(settings.home.full_database, "select status from mart.delivery where source_file = '名册.csv'") == [
        ("superseded",)
    ]


def test_before_the_first_delivery_nothing_is_said(two_nights, capsys):
    settings, _, _ = two_nights
    home = settings.home
    assert main(["replay", "--home", str(home.root), "--as-of", "2026-05-30", "--quiet"]) == 0
    assert "还没有收到任何数据" in capsys.readouterr().out
    assert ask(home.warehouse / "replay-2026-05-30.duckdb", "select count(*) from mart.finding") == [(0,)]


def test_the_state_is_the_one_of_that_day(two_nights, tmp_path):
    settings, may, _ = two_nights
    other = read_settings(shutil.copytree(settings.home.root, tmp_path / "home"))
    (finding,) = [row[0] for row in may[FINDINGS] if row[2] == "two_families"]
    with connect(other.home.work_database) as connection:
        change = "insert into findings.history values (?, ?, ?, '某人', '测试')"
        connection.execute(change, [finding, "2026-05-31", "已通知"])
        connection.execute(change, [finding, "2026-06-01", "不属实"])
    state = f"select state from mart.finding where finding_id = '{finding}'"
    assert ask(replay(other, MAY).database, state) == [("已通知",)]


def test_nothing_published_changes_and_the_file_is_its_owners_alone(two_nights):
    settings, _, _ = two_nights
    home = settings.home
    files = (home.work_database, home.full_database, home.analyst_database)
    before = digest(*files)

    told = replay(settings, MAY)

    assert digest(*files) == before
    assert told.database == home.warehouse / "replay-2026-05-31.duckdb"
    assert stat.S_IMODE(told.database.stat().st_mode) == 0o600
    assert list(home.spill.iterdir()) == []
    assert not list(home.warehouse.glob("*.partial*"))


def test_the_command_counts_by_rule_and_names_nobody(two_nights, capsys):
    settings, _, _ = two_nights
    assert main(["replay", "--home", str(settings.home.root), "--as-of", "2026-05-31", "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "核实类 同月重复登记(double_enrolment):1 条" in said
    assert "32058319850101" not in said and "name0" not in said


def test_a_home_without_a_night_is_told_what_to_run(tmp_path, capsys):
    assert main(["replay", "--home", str(tmp_path / "home"), "--as-of", "2026-05-31"]) == 1
    assert "bangfu nightly" in capsys.readouterr().err


@pytest.mark.slow
def test_the_sample_citys_day_is_replayed_to_the_same_findings(city, tmp_path):
    other = read_settings(shutil.copytree(city.home.root, tmp_path / "home"))
    told = replay(other, JUNE)
    assert ask(told.database, FINDINGS) == city.query(FINDINGS)
    assert ask(told.database, LINKS) == city.query(LINKS)
