"""A database view: exact text, streamed, delivered only when its content changed. SQLite stands in for a server."""

import sqlite3

import duckdb
import pyarrow.parquet as pq
import pytest

from connectors.pulling import pull as pulling
from connectors.pulling import views
from tests.connectors.pulling.desk import EveryDay
from tests.connectors.pulling.test_faults import no_file_larger_than

ROWS = [("王芳", "320583198501010018", 1234.5), ("李'伟", "32058319850101002X", None), ("", "007", 0.1)]


class Database:
    """The department's database and the source that reads it."""

    def __init__(self, desk):
        self.desk = desk
        self.file = desk.remote / "his.db"
        self.run("create table people (姓名 text, 身份证号 text, 金额 numeric)")
        self.fill(ROWS)
        self.words = {"kind": "view", "department": "health", "url": f"sqlite:///{self.file}", "view": "people"}

    def run(self, statement, rows=()):
        with sqlite3.connect(self.file) as connection:
            connection.executemany(statement, rows) if rows else connection.execute(statement)
        connection.close()

    def fill(self, rows):
        self.run("delete from people")
        self.run("insert into people values (?, ?, ?)", rows)

    def pull(self, **words):
        self.desk.declare(x=self.words | words)
        return self.desk.pull()["x"]

    def files(self):
        return sorted((self.desk.home.inbox / "health" / "pulled" / "x").glob("*"))


@pytest.fixture
def database(desk, monkeypatch):
    monkeypatch.setattr(pulling, "datetime", EveryDay)
    return Database(desk)


def test_a_view_comes_as_text_under_its_own_headings(database):
    found = database.pull()
    assert (found.fetched, found.rows, found.fault) == (1, 3, None)
    (file,) = database.files()
    assert file.stat().st_mode & 0o077 == 0
    table = pq.read_table(file)
    assert {str(kind) for kind in table.schema.types} == {"string"}
    assert table.to_pylist() == [
        {"姓名": "王芳", "身份证号": "320583198501010018", "金额": "1234.5"},
        {"姓名": "李'伟", "身份证号": "32058319850101002X", "金额": None},
        {"姓名": None, "身份证号": "007", "金额": "0.1"},
    ]


def test_unchanged_content_in_another_order_is_no_new_delivery(database):
    database.pull()
    database.fill(ROWS[::-1])
    found = database.pull()
    assert (found.fetched, found.unchanged) == (0, 1)
    assert len(database.files()) == 1


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[:2],
        [*ROWS, ROWS[0]],
        [("王芳", "320583198501010018", 1234.51), *ROWS[1:]],
        [(None, "007", 0.1), *ROWS[:2], ("", "", 1)],
    ],
)
def test_any_change_is_a_new_delivery(database, rows):
    database.pull()
    database.fill(rows)
    assert database.pull().rows == len(rows)
    assert len(database.files()) == 2


def test_content_that_comes_back_is_delivered_again_with_other_bytes(database):
    """Intake knows a file by its bytes: the same ones would leave the content between in force."""
    for rows in (ROWS, ROWS[:1], ROWS):
        database.fill(rows)
        database.pull()
    contents = {file.read_bytes() for file in database.files()}
    assert len(database.files()) == len(contents) == 3


def test_killed_before_remembering_it_is_not_delivered_twice(database):
    database.pull()
    (database.desk.home.warehouse / "pulling.sqlite").unlink()
    database.pull()
    assert len(database.files()) == 1


def test_content_that_comes_back_is_delivered_also_when_the_file_between_was_removed(database):
    for rows in (ROWS, ROWS[:1]):
        database.fill(rows)
        database.pull()
    database.files()[-1].unlink()
    database.fill(ROWS)
    assert database.pull().fetched == 1
    assert len(database.files()) == 2


def test_a_full_disk_leaves_nothing_of_a_view(database):
    database.fill([(f"人{serial}", str(hash(str(serial))), serial) for serial in range(20_000)])
    with no_file_larger_than(20_000):
        fault = database.pull().fault
    assert "磁盘已满" in str(fault)
    assert database.files() == []
    assert database.pull().rows == 20_000


def test_columns_can_be_chosen_and_a_select_be_written(database):
    database.pull(columns=["身份证号", "姓名"])
    (file,) = database.files()
    assert pq.read_schema(file).names == ["身份证号", "姓名"]
    select = database.desk.home.root / "people.sql"
    select.write_text(
        '-- only some; 100%\nselect 姓名 as "户主", \'5%\' as "a:b" from people where 金额 > 1;\n', encoding="utf-8"
    )
    database.words.pop("view")
    assert database.pull(select_file="people.sql").rows == 1
    assert pq.read_table(database.files()[-1]).to_pylist() == [{"户主": "王芳", "a:b": "5%"}]


@pytest.mark.parametrize(
    "text",
    [
        "delete from people",
        "select 1; delete from people",
        "",
        "with x as (select 1) insert into people select * from x",
    ],
)
def test_nothing_but_a_select_is_run(database, text):
    (database.desk.home.root / "people.sql").write_text(text, encoding="utf-8")
    database.words.pop("view")
    assert database.pull(select_file="people.sql").fault is not None
    assert database.files() == []
    with sqlite3.connect(database.file) as connection:
        assert connection.execute("select count(*) from people").fetchone() == (3,)


def test_a_select_file_outside_the_home_is_not_read(database):
    (database.desk.remote / "people.sql").write_text("select 1", encoding="utf-8")
    database.words.pop("view")
    assert "select_file" in str(database.pull(select_file="../remote/people.sql").fault)


def test_two_columns_of_one_name_are_refused(database):
    (database.desk.home.root / "people.sql").write_text("select 姓名, 姓名 from people", encoding="utf-8")
    database.words.pop("view")
    assert "重名的列" in str(database.pull(select_file="people.sql").fault)


def test_a_database_that_is_not_there_is_not_made(database):
    missing = database.desk.remote / "other.db"
    assert database.pull(url=f"sqlite:///{missing}").fault is not None
    assert not missing.exists()


def test_a_query_that_fails_tells_no_statement_and_is_not_tried_twice(database):
    fault = str(database.pull(view="people_of_canary").fault)
    assert "查询没有成功" in fault
    assert "canary" not in fault
    assert database.desk.slept == []
    assert database.desk.parts() == []


def test_rows_come_in_batches(database, monkeypatch):
    monkeypatch.setattr(views, "BATCH_ROWS", 10)
    database.fill([(f"人{serial}", str(serial), serial) for serial in range(25)])
    assert database.pull().rows == 25
    (file,) = database.files()
    assert pq.ParquetFile(file).num_row_groups == 3
    assert duckdb.sql(f"select count(distinct 姓名) from '{file}'").fetchall() == [(25,)]
