"""The gate in a whole night: the last good list stays published, the reason is everywhere, one line accepts it."""

import re
from argparse import Namespace
from datetime import date

import duckdb
import pytest

from flows import commands
from flows import nightly as nights
from flows.settings import read_settings
from reports.status import status
from tests.connectors.small_home import csv_bytes, table
from warehouse.errors import BangfuError

DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """May's list was published, the correction of it that lost most rows was stopped."""
    settings = read_settings(tmp_path_factory.mktemp("gate") / "home")
    settings.home.prepare()
    deliver(settings, "名册 2026-05.csv", 120)
    nights.nightly(settings, as_of=DAY)
    deliver(settings, "名册 2026-05-20.csv", 50)
    settings.home.root.joinpath("night.txt").write_text(str(nights.nightly(settings, as_of=DAY).intake.refused))
    return settings


def deliver(settings, name: str, rows: int) -> None:
    path = settings.home.inbox / "civil_affairs" / name
    path.write_bytes(csv_bytes(table("assistance_roster", rows, month="2026-05")))


def query(settings, statement: str) -> list[tuple]:
    with duckdb.connect(str(settings.home.full_database), read_only=True) as connection:
        return connection.execute(statement).fetchall()


def test_the_last_good_list_is_published(settings):
    assert query(settings, "select count(*) from mart.person") == [(120,)]
    assert query(settings, "select rows_loaded, rows_rejected, status from mart.delivery order by delivery_id") == [
        (120, 0, "accepted"),
        (0, 50, "refused"),
    ]  # fmt: skip


def test_the_reason_is_told_wherever_deliveries_are(settings, capsys):
    code = commands._say_night(settings.home, published=True, new_rows=0)
    ((problem, row),) = query(settings, "select problem, source_row from mart.data_quality where source_row is null")
    with duckdb.connect(str(settings.home.full_database), read_only=True) as connection:
        told = [capsys.readouterr().out, status(connection, settings.home), problem]
    told.append((settings.home.outbox / "quality.html").read_text("utf-8"))
    assert code == commands.DONE_WITH_REFUSALS and row is None
    for text in told:
        assert "质量检查停收" in text and "accept." in text


def test_a_layer_that_does_not_add_up_publishes_nothing(settings, monkeypatch):
    before = settings.home.full_database.stat().st_ino
    built = nights.build_mart

    def spoilt(connection):
        built(connection)
        connection.execute("update identity.link set person_id = 'P9'")

    monkeypatch.setattr(nights, "build_mart", spoilt)
    with pytest.raises(BangfuError, match="发布前检查"):
        nights.nightly(settings, as_of=date(2026, 7, 1))
    assert settings.home.full_database.stat().st_ino == before


def test_a_night_without_anything_new_imports_nothing_to_judge(settings, monkeypatch):
    monkeypatch.setattr("checks.quality.judging._library", lambda: pytest.fail("imported for nothing"))
    settings.home.inbox.joinpath("civil_affairs", "名册 2026-05-20.csv").rename(settings.home.root / "beside.csv")
    nights.nightly(settings, as_of=DAY)
    (settings.home.root / "beside.csv").rename(settings.home.inbox / "civil_affairs" / "名册 2026-05-20.csv")


def test_the_proposed_line_takes_it_in_the_next_night(settings):
    ((reason,),) = query(settings, "select reason from mart.delivery where status = 'refused'")
    (settings.home.root / "quality.toml").write_text(re.search(r"accept\.[0-9a-f]+ = \".+\"$", reason)[0], "utf-8")
    night = nights.nightly(settings, as_of=DAY)
    assert (night.intake.accepted, night.intake.refused, night.published) == (1, 0, True)
    assert "照收" in (settings.home.outbox / "quality.html").read_text("utf-8")


def test_a_wrong_line_stops_the_night_and_is_named(settings):
    (settings.home.root / "quality.toml").write_text("bound.any.nonesuch.critical_lower = 1", "utf-8")
    with pytest.raises(BangfuError, match="nonesuch"):
        commands.run_nightly(settings, Namespace(inbox=None, as_of=DAY, wait=0))
