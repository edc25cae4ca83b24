"""A department's view in a real PostgreSQL: exact text, a cursor on the server, a server that dies half-way."""

import shutil
import tempfile
import time
from pathlib import Path

import psycopg
import pyarrow.parquet as pq
import pytest

from connectors.pulling.landing import Part
from flows.cli import main
from tests.connectors.pulling.desk import CANARY, Desk
from tests.system.pull_servers import HOST, postgresql

SCHEMA = """
create table paid (
    人员 text, 身份证号码 numeric(18), 月份 date, 金额 numeric(12, 2),
    备注 char(4), 登记 timestamptz, 正常 boolean, 附件 bytea
);
insert into paid values
    ('王 芳', 320583198501010018, '2026-05-01', 1234.50, 'a', '2026-05-06 23:30:00+00', true, '\\x6162'),
    (e'李\\n四,"', null, null, 0.00, '', '2026-05-06 00:00:00+08', null, null);
create view 发放 as select * from paid;
create table many as select n as id, repeat('名', 200) as text from generate_series(1, 30000) as n;
create sequence numbers;
create role reader login password 'canary-S3cret!';
grant select, insert on all tables in schema public to reader;
grant usage on sequence numbers to reader;
"""


@pytest.fixture(scope="module")
def server():
    folder = Path(tempfile.mkdtemp(prefix="bangfu-postgresql-"))
    folder.chmod(0o755)
    served = postgresql(folder, "postgres secret")
    served.start()
    yield served
    served.stop()
    shutil.rmtree(folder)


def until_ready(login):
    """It listens before it has repaired itself."""
    for _ in range(100):
        try:
            psycopg.connect(**login).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL does not come back")


@pytest.fixture(scope="module")
def connection(server):
    login = {"host": HOST, "port": server.port, "user": "postgres", "password": "postgres secret"}
    until_ready(login)
    with psycopg.connect(**login, autocommit=True) as opened:
        opened.execute(SCHEMA)
    return login


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def words(desk, server, connection):
    url = f"postgresql://reader@{HOST}:{server.port}/postgres"
    return {
        "kind": "view",
        "department": "civil_affairs",
        "url": url,
        "view": "public.发放",
        "password_file": desk.secret(),
    }


def files(desk):
    return sorted((desk.home.inbox / "civil_affairs" / "pulled" / "x").glob("*"))


def query(desk, words, text):
    (desk.home.root / "select.sql").write_text(text, encoding="utf-8")
    desk.declare(x={name: value for name, value in words.items() if name != "view"} | {"select_file": "select.sql"})
    return desk.pull()["x"]


def test_every_value_is_the_text_the_readers_expect(desk, words):
    desk.declare(x=words)
    assert desk.pull()["x"].rows == 2
    (file,) = files(desk)
    first = ("王 芳", "320583198501010018", "2026-05-01", "1234.50", "a   ", "2026-05-07 07:30:00", "TRUE", "ab")
    second = ('李\n四,"', None, None, "0.00", "    ", "2026-05-06", None, None)
    assert [tuple(row.values()) for row in pq.read_table(file).to_pylist()] == [first, second]
    assert desk.pull()["x"].unchanged == 1


def test_a_change_at_the_source_is_a_new_delivery_its_order_is_not(desk, words, connection):
    desk.declare(x=words)
    desk.pull()
    with psycopg.connect(**connection) as opened:
        opened.execute("update paid set 备注 = 备注 where 金额 > 0")  # moves the row behind the other
    assert desk.pull()["x"].unchanged == 1
    with psycopg.connect(**connection) as opened:
        opened.execute("update paid set 金额 = 金额 + 0.01 where 金额 > 0")
    assert desk.pull()["x"].rows == 2
    assert len(files(desk)) == 2


def test_rows_come_through_a_cursor_on_the_server(desk, words, connection, monkeypatch):
    """So that memory does not grow with the view."""
    desk.declare(x=words | {"view": "many"})
    write, seen = Part.write, set()

    def write_and_look(part, block):
        with psycopg.connect(**connection) as opened:
            seen.update(
                opened.execute("select left(query, 18) from pg_stat_activity where usename = 'reader'").fetchall()
            )
        return write(part, block)

    monkeypatch.setattr(Part, "write", write_and_look)
    assert desk.pull()["x"].rows == 30_000
    assert ("FETCH FORWARD 5000",) in seen


def test_nothing_can_be_changed_at_the_source(desk, words, connection):
    added = "with added as (insert into paid (人员) values ('x') returning 1) select * from added"
    assert query(desk, words, added).fault is not None
    assert "ReadOnlySqlTransaction 25006" in str(query(desk, words, "select nextval('numbers')").fault)
    with psycopg.connect(**connection) as opened:
        assert opened.execute("select count(*) from paid").fetchone() == (2,)


@pytest.mark.parametrize(
    ("text", "code"),
    [("select * from missing_canary", "42P01"), ("select 1 / 0", "22012"), ("select pg_sleep(60)", "57014")],
)
def test_a_query_that_fails_is_told_by_its_code(desk, words, text, code):
    fault = str(query(desk, words | {"timeout": 1}, text).fault)
    assert code in fault
    assert "canary" not in fault
    assert (files(desk), desk.slept) == ([], [])


def test_a_refused_login_is_said_once_and_tells_nothing(desk, words, capsys):
    desk.secret("canary-wrong")
    desk.declare(x=words)
    assert main(["pull", "--home", str(desk.home.root)]) == 3
    said = "".join(capsys.readouterr()) + "".join(file.read_text() for file in desk.home.logs.iterdir())
    assert "拒绝登录" in said
    assert not any(one in said for one in (CANARY, "canary", HOST, "reader", "Traceback"))


def test_a_server_that_dies_half_way_and_comes_back(desk, words, server, connection, monkeypatch):
    desk.declare(x=words | {"view": "many"})
    write, blocks = Part.write, []

    def write_and_die(part, block):
        blocks.append(len(block))
        if len(blocks) == 3:
            server.stop()
        return write(part, block)

    def wait(seconds):
        assert files(desk) == []
        server.start()
        until_ready(connection)

    monkeypatch.setattr(Part, "write", write_and_die)
    found = desk.pull(sleep=wait)["x"]
    assert (found.rows, found.fault) == (30_000, None)
    assert len(files(desk)) == 1
