"""The door: files whole and private, writing again replaces, failing changes nothing."""

import stat
from datetime import date

import pytest
from openpyxl import load_workbook

from reports import monthly, table
from reports.monthly import write_month
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, SECRET, City, publish
from tests.reports.reopened import Reopened
from warehouse.errors import BangfuError


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return publish(small_city(), tmp_path_factory.mktemp("database") / "full.duckdb")


def test_files_are_their_owners_alone_and_nothing_is_left_beside(database, tmp_path):
    paths = write_month(database, tmp_path / "outbox", JUNE, secret=SECRET, issued_on=ISSUED)
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE((tmp_path / "outbox" / "2026-06").stat().st_mode) == 0o700
    assert sorted((tmp_path / "outbox").rglob("*.xlsx")) == sorted(paths)
    assert [path.name for path in (tmp_path / "outbox").iterdir()] == ["2026-06"]


def test_writing_again_replaces(database, tmp_path):
    stale = tmp_path / "2026-06" / "月度核对总表_2026-06.xlsx"
    stale.parent.mkdir()
    stale.write_bytes(b"old")
    write_month(database, tmp_path, date(2026, 6, 15), secret=SECRET, issued_on=ISSUED)
    assert load_workbook(stale).sheetnames[0] == "说明"


def test_a_failure_half_way_leaves_the_old_month_untouched(database, tmp_path, monkeypatch):
    old = tmp_path / "2026-06" / "月度核对总表_2026-06.xlsx"
    old.parent.mkdir()
    old.write_bytes(b"old")

    def fail(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(monthly, "write_exceptions", fail)
    with pytest.raises(OSError, match="disk full"):
        write_month(database, tmp_path, JUNE, secret=SECRET, issued_on=ISSUED)
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["2026-06"]


def test_without_a_published_warehouse_it_says_what_to_do(tmp_path):
    with pytest.raises(BangfuError, match="bangfu nightly"):
        write_month(tmp_path / "full.duckdb", tmp_path / "outbox", JUNE, secret=SECRET)


def test_a_secret_that_could_be_guessed_is_refused(database, tmp_path):
    with pytest.raises(ValueError, match="at least 16"):
        write_month(database, tmp_path, JUNE, secret=b"short")


def test_a_month_that_was_not_delivered_empties_nobody(database, tmp_path):
    write_month(database, tmp_path, date(2026, 7, 1), secret=SECRET, issued_on=ISSUED)
    book = load_workbook(tmp_path / "2026-07" / "月度核对总表_2026-07.xlsx")
    checks = Reopened(book["勾稽"]).rows
    assert checks[0]["核对"] == "本月花名册"
    assert checks[0]["核对结果"] == "未交付"
    assert not [row for row in checks if row["核对"].startswith(("家庭", "人员", "金额", "离开", "花名册与"))]


def test_an_empty_warehouse_still_gives_every_workbook(tmp_path):
    paths = write_month(
        publish(City(), tmp_path / "full.duckdb"), tmp_path / "outbox", JUNE, secret=SECRET, issued_on=ISSUED
    )
    assert len(paths) == 6
    book = load_workbook(tmp_path / "outbox" / "2026-06" / "月度核对总表_2026-06.xlsx")
    assert book["缺口"]["A5"].value == "本月无异常"


def test_progress_is_told_without_personal_data(database, tmp_path):
    told: list[str] = []
    write_month(database, tmp_path, JUNE, secret=SECRET, issued_on=ISSUED, on_progress=told.append)
    assert told[0] == "月度核对总表"
    assert told[-1] == "区镇清单"
    assert len(told) == 7


def test_a_list_nobody_could_work_through_is_cut_and_says_so(database, tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    write_month(database, tmp_path, JUNE, secret=SECRET, issued_on=ISSUED)
    gaps = load_workbook(tmp_path / "2026-06" / "月度核对总表_2026-06.xlsx")["缺口"]
    assert "共找到 4 条,本表只列前 2 条" in gaps["A2"].value
    assert gaps["A3"].value == f"合计 {len(Reopened(gaps).rows)} 条" == "合计 2 条"
