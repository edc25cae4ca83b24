"""Odd and broken deliveries: each refused or partly loaded with words that help; none stops another department."""

import io
import struct
import zipfile
from datetime import datetime

import pytest

from connectors import sheet_load
from tests.connectors.small_home import SmallHome, csv_bytes, number, table, with_cell, without, xlsx_bytes

PAYMENTS, EXITS, SETTLEMENTS = "benefit_payments", "assistance_exits", "medical_settlements"
DEATHS = table("deaths", 3)
ROSTER = table("assistance_roster", 2)
SETTLED = table(SETTLEMENTS, 2)
PAID = table(PAYMENTS, 2)


def renamed(rows, position, heading):
    return [[*rows[0][:position], heading, *rows[0][position + 1 :]], *rows[1:]]


def twice(rows, position, heading, other):
    return [[*rows[0], heading], *([*row, other] for row in rows[1:])]


def damaged_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", csv_bytes(DEATHS) * 20)
    return buffer.getvalue()[:-30]


# name -> content, words of the reason
REFUSED = {
    "a required column is missing": (without(DEATHS, "deaths", "death_date"), ("殡葬火化登记", "死亡时间")),
    "a required heading is misspelt": (renamed(DEATHS, 3, "死亡日子"), ("死亡日子", "headings.toml")),
    "two required columns are missing": (without(ROSTER, "assistance_roster", "month", "category"), ("统计月份",)),
    "no heading at all": (DEATHS[1:], ("没有找到表头",)),
    "another table altogether": ([["车牌号", "品牌"], ["苏E1", "甲"]], ("没有找到表头", "列名")),
    "only a sentence": (b"hello", ("没有找到表头",)),
    "nothing": (b"", ("0字节|空|没有",)),
    "only blank lines": (b"\n\n\n", ("没有",)),
    "a name column twice with other content": (twice(DEATHS, 0, "姓名", "别人"), ("死者姓名", "不一致", "只保留")),
    "two numbers that differ": (twice(DEATHS, 1, "证件号码", "x"), ("证件号码", "不一致")),
    "the same heading twice": (twice(DEATHS, 3, "死亡日期", "2024-01-01"), ("死亡日期", "不一致")),
    "a list that could be two tables": ([["姓名", "发放月份", "发放金额"], ["甲", "2024-05", "1"]], ("发放项目",)),
    "a roster with its heading only": (ROSTER[:1], ("没有数据行", "重报")),
    "every date unreadable": (table("deaths", 3, death_date="某日"), ("没有一行能读出", "拒收行清单")),
    "dates of another calendar": (table("deaths", 3, death_date="民国99年1月1日"), ("没有一行能读出",)),
    "a truncated zip": (damaged_zip(), ("压缩|zip|损坏",)),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, ("。处理办法|：|:",)),
    "a document": (b"%PDF-1.7\n" + bytes(range(256)) * 8, ("PDF|文档|表格",)),
    "half a workbook": (xlsx_bytes({"a": DEATHS})[:3000], ("损坏|不完整|读",)),
    "a book of notes only": (xlsx_bytes({"说明": [["本表每月报送"]]}), ("没有找到表头",)),
    "a web page without a table": (b"<html><body><p>\xe7\x99\xbb\xe5\xbd\x95</p></body></html>", ("表",)),
    "all families in one cell": ([["家庭成员"], ["甲、乙"]], ("没有找到表头",)),
}


@pytest.fixture
def home(tmp_path):
    home = SmallHome(tmp_path / "home")
    home.put_table("care_assessments", table("care_assessments", 2))
    return home


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_words_that_help(home, case):
    content, words = REFUSED[case]
    home.put("file.csv", content)
    report = home.night()
    bad = [one for one in report.deliveries if one.source_file.startswith("file.csv")]
    assert [one.status for one in bad] == ["refused"], bad
    for alternatives in words:
        assert any(word in bad[0].reason for word in alternatives.split("|")), bad[0].reason
    assert "处理办法" in bad[0].reason
    assert home.in_force("care_assessments", "count(*)") == [(2,)]


def cells(rows, name, /, **changed):
    for column, text in changed.items():
        rows = with_cell(rows, name, 1, column, text)
    return rows


# name -> table, content, heading of the rejected cell (None: whole row), words of the reason
PARTLY = {
    "an empty name": ("deaths", cells(DEATHS, "deaths", name=None), "死者姓名", "必填"),
    "a blank name": ("deaths", cells(DEATHS, "deaths", name=" \u3000"), "死者姓名", "必填"),
    "an impossible date": ("deaths", cells(DEATHS, "deaths", death_date="2023-02-30"), "死亡日期", "不存在"),
    "a year to come": ("deaths", cells(DEATHS, "deaths", death_date="2204-05-06"), "死亡日期", "年份"),
    "a two-digit year": ("deaths", cells(DEATHS, "deaths", death_date="24-5-6"), "死亡日期", "读不出"),
    "the zero of spreadsheets": ("deaths", cells(DEATHS, "deaths", death_date="1900-01-00"), "死亡日期", "不存在"),
    "a month with a lost zero": (PAYMENTS, cells(PAID, PAYMENTS, month="2024.1"), "发放月份", "两种读法"),
    "an amount in words": (PAYMENTS, cells(PAID, PAYMENTS, amount="待定"), "发放金额", "不是金额"),
    "a scientific amount": (PAYMENTS, cells(PAID, PAYMENTS, amount="1.2E+05"), "发放金额", "不是金额"),
    "an enormous amount": (PAYMENTS, cells(PAID, PAYMENTS, amount="1" * 14), "发放金额", "过大"),
    "a dash for a required amount": (PAYMENTS, cells(PAID, PAYMENTS, amount="－"), "发放金额", "必填"),
    "an unknown kind": (PAYMENTS, cells(PAID, PAYMENTS, benefit="高温费"), "发放项目", "代码表"),
    "a formula error": (PAYMENTS, cells(PAID, PAYMENTS, amount="#错误"), "发放金额", "不是金额"),
    "a formula error for a name": ("deaths", cells(DEATHS, "deaths", name="#公式无值"), "死者姓名", "公式错误"),
    "an optional sum unreadable": (SETTLEMENTS, cells(SETTLED, SETTLEMENTS, copay="约100"), "自负费用", "不是金额"),
    "a grace that cannot be read": (EXITS, cells(table(EXITS, 2), EXITS, grace_until="半年"), "缓退截止月份", "读不出"),
    "a family in one cell": ("deaths", cells(DEATHS, "deaths", name="甲乙、丙丁"), "死者姓名", "拆成每人一行"),
    "two numbers in one cell": (
        "deaths", cells(DEATHS, "deaths", id_no=f"{number(1)},{number(2)}"), "死者身份证号", "拆成每人一行",
    ),
    "a record too wide": ("deaths", [*DEATHS, [*DEATHS[1], "x", "y", "z"]], None, "列数"),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTLY)
def test_one_bad_row_is_named_and_the_others_are_loaded(home, case):
    name, content, heading, words = PARTLY[case]
    home.put_table(name, content, "file.csv")
    (delivery,) = [one for one in home.night().deliveries if one.source_file == "file.csv"]
    assert (delivery.status, delivery.rows_rejected) == ("accepted", 1)
    assert delivery.rows_loaded == len(content) - 2
    ((source_row, column, reason),) = home.rows("select source_row, column_name, reason from raw.rejected_row")
    assert source_row == (2 if heading else len(content))
    assert column == heading
    assert words in reason
    assert "拒收行清单" in delivery.reason


KEPT = {
    "an unreadable birth date": ("assistance_roster", "birth_date", "某年"),
    "an impossible birth date": ("assistance_roster", "birth_date", "1985-02-30"),
    "an unknown relation": ("assistance_roster", "relation", "邻居"),
    "an unreadable household size": ("assistance_roster", "household_size", "三"),
    "an unreadable own amount": ("assistance_roster", "person_amount", "待核"),
    "a wage in words": ("employment", "monthly_wage", "面议"),
    "no end of contract": ("employment", "contract_end", "长期"),
    "a certificate for ever": ("disability_certificates", "expires_on", "9999-12-31"),
    "an unknown danger grade": ("dangerous_houses", "danger_grade", "E级"),
    "a formula error in an address": ("assistance_roster", "address", "#错误"),
}


@pytest.mark.parametrize("case", KEPT)
def test_an_unreadable_optional_cell_is_unknown_and_told(home, case):
    name, column, text = KEPT[case]
    home.put_table(name, cells(table(name, 2), name, **{column: text}), "file.csv")
    (delivery,) = [one for one in home.night().deliveries if one.source_file == "file.csv"]
    assert (delivery.rows_loaded, delivery.rows_rejected) == (2, 0)
    assert home.rows(f"select {column} is null from staging.{name} order by source_row") == [(True,), (False,)]
    ((source_row, _, reason),) = home.rows("select source_row, column_name, reason from raw.cell_note")
    assert source_row == 2
    assert text not in reason


def test_a_sheet_that_nearly_is_a_table_is_refused_beside_a_good_one(home):
    broken = without(DEATHS, "deaths", "death_date")
    home.put("a.xlsx", xlsx_bytes({"一月": DEATHS, "二月": broken}))
    told = {one.sheet: one for one in home.night().deliveries if one.source_file == "a.xlsx"}
    assert (told["一月"].status, told["二月"].status) == ("accepted", "refused")
    assert "二月" in told["二月"].reason
    assert len(home.night().deliveries) == 1
    assert home.rows("select count(*) from raw.delivery where source_file = 'a.xlsx'") == [(2,)]


def test_a_cut_dbf_loses_only_its_last_record(home):
    fields = [("死者姓名", 10), ("死者身份证", 18), ("死亡日期", 8)]
    header = struct.pack("<4B I HH 20x", 3, 24, 1, 1, 3, 32 + 32 * len(fields) + 1, 37)
    described = b"".join(struct.pack("<11s c 4x B 15x", name.encode("gbk"), b"C", size) for name, size in fields)
    records = [b" " + "某某".encode("gbk").ljust(10) + number(n).encode() + b"20240506" for n in range(3)]
    records[1] = b"*" + records[1][1:]
    home.put("a.dbf", header + described + b"\r" + b"".join(records)[:-4])
    (delivery,) = [one for one in home.night().deliveries if one.source_file == "a.dbf"]
    assert (delivery.rows_in, delivery.rows_loaded, delivery.rows_rejected, delivery.rows_skipped) == (3, 1, 1, 1)
    assert home.rows("select source_row from staging.deaths") == [(1,)]
    assert home.rows("select kind from raw.skipped_row where source_row = 2 and kind = 'deleted'") == [("deleted",)]


def test_a_fault_of_our_own_refuses_one_file_without_a_value(home, monkeypatch):
    """The text of an exception may carry a value: only its kind and place are told."""
    home.put("deaths.csv", DEATHS)
    load = sheet_load.SheetLoad._load

    def broken(self, source_rows, columns):
        if self.plan.fit.contract.table == "deaths":
            raise ValueError(number(1))
        load(self, source_rows, columns)

    monkeypatch.setattr(sheet_load.SheetLoad, "_load", broken)
    told = {one.source_file: one for one in home.night().deliveries}
    assert told["deaths.csv"].status == "refused"
    assert "ValueError" in told["deaths.csv"].reason
    assert number(1) not in told["deaths.csv"].reason
    assert home.rows("select count(*) from staging.deaths") == [(0,)]
    assert home.in_force("care_assessments", "count(*)") == [(2,)]
    assert not list((home.home.archive / "rows").glob("*.part"))
    monkeypatch.undo()
    assert home.night().new_rows == 3
    received = dict(home.rows("select source_file, received_at from raw.delivery"))
    assert received["deaths.csv"] == datetime(2026, 11, 22, 2, 30)


def test_no_reason_holds_a_value(home):
    """Whatever is wrong, a reason quotes headings and never the cell."""
    secret = "320583198501019999"
    rows = table("assistance_roster", 4)
    for row, column in enumerate(("month", "category", "start_date", "birth_date"), start=1):
        rows = with_cell(rows, "assistance_roster", row, column, secret)
    home.put("a.csv", rows)
    home.put("b.csv", [[secret, "姓名", "死亡日"], [secret, secret, secret]])
    home.put("c.csv", [[secret] * 4])
    home.night()
    for name in ("rejected_row", "cell_note", "key_conflict", "delivery"):
        assert all(secret not in (reason or "") for (reason,) in home.rows(f"select reason from raw.{name}"))
