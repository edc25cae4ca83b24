"""Pulling before a night: what can be fetched is published the same night; what cannot is said and stops nothing."""

import sqlite3
from datetime import date

import pytest

from flows.cli import main
from flows.notices.notice import UNPULLED
from flows.notices.occasions import after_night
from flows.pull import pull, standing_faults
from flows.pull_commands import say_pulled
from flows.settings import read_settings
from warehouse.connection import connect
from warehouse.lock import exclusive

CREMATIONS = "死者姓名,死者身份证号,性别,死亡日期,火化日期\n甲一,320583198501010012,男,2024-03-01,2024-03-03\n"
CANARY = "canary-S3cret!"
DECLARED = """
[source.exchange]
kind = "folder"
table = "deaths"
path = "{remote}"
settle_seconds = 0.05

[source.grants]
kind = "view"
table = "benefit_payments"
url = "sqlite:///{remote}/../grants.db"
view = "发放"

[source.away]
kind = "sftp"
department = "health"
host = "127.0.0.1"
port = 9
user = "canary_user"
password_env = "CANARY_PASSWORD"
host_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRk"
path = "/out"
"""


@pytest.fixture
def settings(tmp_path, monkeypatch):
    chosen = read_settings(tmp_path / "home")
    chosen.home.prepare()
    (tmp_path / "remote").mkdir()
    (tmp_path / "remote" / "火化.csv").write_text(CREMATIONS, encoding="gb18030")
    with sqlite3.connect(tmp_path / "grants.db") as connection:
        connection.execute("create table 发放 (发放月份, 家庭编号, 姓名, 身份证号码, 发放项目, 发放金额)")
        connection.execute("insert into 发放 values ('2024-05', 'F1', '甲一', '320583198501010012', '低保金', 510.5)")
    connection.close()
    monkeypatch.setattr("connectors.pulling.faults.FIRST_WAIT", 0.01)
    monkeypatch.setenv("CANARY_PASSWORD", CANARY)
    return chosen


def declare(settings, text=DECLARED):
    told = text.format(remote=settings.home.root.parent / "remote")
    (settings.home.root / "pulling.toml").write_text(told, encoding="utf-8")


def test_a_night_publishes_what_it_could_pull_and_says_what_it_could_not(settings, capsys):
    declare(settings)
    assert main(["nightly", "--home", str(settings.home.root), "--as-of", "2024-06-30"]) == 3
    said = "".join(capsys.readouterr())
    assert "来源 away" in said and "连接不上或中途断开" in said
    logged = "".join(file.read_text(encoding="utf-8") for file in settings.home.logs.iterdir())
    assert not any(one in said + logged for one in (CANARY, "canary", "127.0.0.1", "Traceback"))
    with connect(settings.home.full_database, read_only=True) as connection:
        loaded = connection.execute(
            "select source_table, status, rows_loaded from raw.delivery order by all"
        ).fetchall()
        paid = connection.execute("select name, amount from staging.benefit_payments").fetchall()
    assert loaded == [("benefit_payments", "accepted", 1), ("deaths", "accepted", 1)]
    assert [(name, str(amount)) for name, amount in paid] == [("甲一", "510.50")]
    (told,) = [one.text for one in after_night(settings.home, date.today()) if one.kind == UNPULLED]
    assert main(["status", "--home", str(settings.home.root)]) == 0
    for text in (told, capsys.readouterr().out):
        assert "连接不上或中途断开" in text
        assert not any(one in text for one in (CANARY, "canary", "127.0.0.1"))


@pytest.mark.parametrize("broken", ["source = [", "[source.x]\nkind = 'ftp'\n"])
def test_a_declaration_that_cannot_be_read_is_told_and_stops_no_night(settings, broken):
    declare(settings, broken)
    (pulled,) = pull(settings, settings.home.inbox)
    assert "pulling.toml" in str(pulled.fault)
    assert say_pulled([pulled]) == 3
    assert list(standing_faults(settings.home)) == [pulled.source]


def test_a_pull_already_under_way_is_told_and_stops_no_night(settings):
    declare(settings)
    with exclusive(settings.home.warehouse / "pulling.lock", command="pull"):
        (pulled,) = pull(settings, settings.home.inbox)
    assert "另一个运行正在使用" in str(pulled.fault)
    assert standing_faults(settings.home) == {}


def test_a_fault_stands_with_its_first_day_until_the_source_is_well(settings, tmp_path):
    declare(settings, DECLARED.split("[source.grants]")[0])
    (tmp_path / "remote").rename(tmp_path / "away")
    pull(settings, settings.home.inbox)
    state = settings.home.warehouse / "pulling-faults.json"
    first = standing_faults(settings.home)["exchange"]
    state.write_text(state.read_text().replace(first[0], "2026-01-02 02:30"), encoding="utf-8")
    pull(settings, settings.home.inbox)
    assert standing_faults(settings.home) == {"exchange": ("2026-01-02 02:30", first[1])}
    (tmp_path / "away").rename(tmp_path / "remote")
    pull(settings, settings.home.inbox)
    assert standing_faults(settings.home) == {}


def test_the_command_pulls_without_a_run(settings, capsys):
    declare(settings, DECLARED.split("[source.away]")[0])
    assert main(["pull", "--home", str(settings.home.root)]) == 0
    assert "取得 1 个文件" in capsys.readouterr().out
    assert not settings.home.full_database.exists()
    assert [one.source for one in pull(settings, settings.home.inbox)] == ["exchange", "grants"]


def test_a_declaration_without_sources_fetches_nothing(settings):
    declare(settings, "[source]\n")
    assert main(["pull", "--home", str(settings.home.root)]) == 0


def test_without_a_declaration_the_command_says_where_to_write_one(settings, capsys):
    assert main(["pull", "--home", str(settings.home.root)]) == 1
    assert "docs/pulling.md" in capsys.readouterr().err
    assert pull(settings, settings.home.inbox) is None
