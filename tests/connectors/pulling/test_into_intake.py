"""What was pulled, taken in: a view's file is a delivery like any other, and the newest content is the one in force."""

import sqlite3
from contextlib import closing

import pytest

from connectors.pulling import pull as pulling
from tests.connectors.pulling.desk import Desk, EveryDay
from tests.connectors.small_home import SmallHome, table


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr(pulling, "datetime", EveryDay)
    return Desk(tmp_path)


def fill(file, rows):
    heading, *body = rows
    columns = ", ".join(f'"{one}"' for one in heading)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("drop table if exists roster")
        connection.execute(f"create table roster ({columns})")
        connection.executemany(f"insert into roster values ({', '.join('?' * len(heading))})", body)


def test_a_row_taken_out_by_mistake_and_put_in_again_is_in_force(desk):
    small = SmallHome(desk.home.root)
    file = desk.remote / "his.db"
    desk.declare(x={"kind": "view", "table": "assistance_roster", "url": f"sqlite:///{file}", "view": "roster"})
    whole = table("assistance_roster", 4)
    for rows in (whole, whole[:-1], whole):
        fill(file, rows)
        assert desk.pull()["x"].rows == len(rows) - 1
        assert small.night().accepted == 1
        assert len(small.in_force("assistance_roster")) == len(rows) - 1
    fill(file, [whole[0], *whole[:0:-1]])
    assert desk.pull()["x"].unchanged == 1
    assert small.night().deliveries == ()


def test_a_file_half_written_is_not_seen_by_intake(desk, monkeypatch):
    small = SmallHome(desk.home.root)
    desk.declare(x=desk.folder(table="deaths"))
    desk.send("火化.csv", b"\xff" * 1000)
    seen = []

    def look(part, parts, modified):
        seen.append(small.night().deliveries)

    monkeypatch.setattr("connectors.pulling.landing.Part.land", look)
    desk.pull()
    assert seen == [()]
