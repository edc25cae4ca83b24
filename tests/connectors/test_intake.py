"""From files to staging: what is loaded, what is marked, and that nothing is lost on the way."""

from datetime import date
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connectors.small_home import CONTRACTS, SmallHome, csv_bytes, number, table, with_cell, without, xlsx_bytes


@pytest.fixture
def home(tmp_path):
    return SmallHome(tmp_path / "home")


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_table_is_loaded_typed(home, name):
    home.put_table(name, table(name, 3))
    report = home.night()
    assert [(one.status, one.source_table, one.rows_loaded) for one in report.deliveries] == [("accepted", name, 3)]
    keys = home.rows(f"select count(distinct row_key), count(*), min(row_id % 1000000000) from staging.{name}")
    assert keys == [(3, 3, 2)]
    columns = [column.name for column in CONTRACTS[name].columns.values()]
    empty = " or ".join(f"{column} is null" for column in columns)
    assert home.rows(f"select count(*) from staging.{name} where {empty}") == [(0,)]


def test_values_and_precision(home):
    rows = table("assistance_roster", 1, birth_date="1985.1", start_date="2023年5月", household_size="3人", sex="1")
    home.put_table("assistance_roster", csv_bytes(rows, "gb18030"))
    home.night()
    dates = "month, birth_date, birth_date_precision, start_date, start_date_precision"
    assert home.in_force("assistance_roster", dates) == [
        (date(2024, 5, 1), date(1985, 1, 1), "year", date(2023, 5, 1), "month")
    ]
    assert home.in_force("assistance_roster", "household_size, sex, person_amount") == [(3, "male", Decimal("1234.50"))]
    assert home.rows("select column_name, reason from raw.cell_note") == [("出生日期", "只能读出年份")]


def test_everything_printed_around_the_data_is_counted(home):
    data = table("benefit_payments", 4)
    width = [None] * 5
    rows = [
        ["救助资金发放明细表", *width],
        ["单位：万元", *width],
        [None, *width],
        *data[:3],
        data[0],
        ["救助资金发放明细表", *width],
        *data[3:],
        ["小 计", None, "12人", None, None, "3.5"],
        [None, *width],
        ["合计", None, None, None, None, "3.5"],
        ["制表人：某某", None, "审核人:某某", None, None, None],
        ["注:按月发放", *width],
        ["第1页", *width],
    ]
    home.put_table("benefit_payments", rows)
    report = home.night()
    assert report.deliveries[0].rows_loaded == 4
    assert home.in_force("benefit_payments", "distinct amount") == [(Decimal("12345000.00"),)]
    kinds = dict(home.rows("select kind, list(source_row order by source_row) from raw.skipped_row group by kind"))
    assert kinds == {
        "title": [1, 2, 8], "blank": [3, 12], "heading": [4], "repeated_heading": [7], "total": [11, 13],
        "signature": [14], "note": [15, 16],
    }  # fmt: skip


def test_a_person_is_never_taken_for_a_total(home):
    rows = table("deaths", 1, name="张合计")
    rows += [[*table("deaths", 1, first=5)[1]]]
    rows[2][0] = "说明"
    home.put_table("deaths", rows)
    assert home.night().new_rows == 2


def test_a_rejected_row_names_row_column_and_reason_without_the_value(home):
    rows = with_cell(table("deaths", 3), "deaths", 2, "death_date", "2023-02-30")
    home.put_table("deaths", rows)
    home.night()
    assert home.rows("select source_row, column_name, reason from raw.rejected_row") == [(3, "死亡日期", "日期不存在")]


def test_equal_rows_count_once_and_equal_keys_stay_both(home):
    rows = table("deaths", 2)
    rows += [rows[1], with_cell(rows, "deaths", 2, "sex", "女")[2]]
    home.put_table("deaths", rows)
    delivery = home.night().deliveries[0]
    assert (delivery.rows_loaded, delivery.rows_skipped) == (3, 2)
    assert home.rows("select source_row, kind from raw.skipped_row order by all") == [(1, "heading"), (4, "duplicate")]
    assert home.rows("select source_row from raw.key_conflict order by all") == [(3,), (5,)]
    assert "关键字段相同" in delivery.reason


def test_a_key_with_a_damaged_part_is_no_key(home):
    rows = table("deaths", 5)
    for row, damaged in enumerate(["320583198501010000", number(3)[:17] + "Z", "", f" {number(4).lower()}"], start=1):
        rows = with_cell(rows, "deaths", row, "id_no", damaged)
    rows = with_cell(rows, "deaths", 5, "id_no", "".join(chr(ord(c) + 0xFEE0) for c in number(5)))
    home.put_table("deaths", rows)
    home.night()
    keys = home.rows("select row_key is null from staging.deaths order by source_row")
    assert keys == [(True,), (True,), (True,), (False,), (False,)]


def test_town_ledger_with_merged_household_cells(home):
    family = table("assistance_roster", 3, family_no="F1", relation="子")
    family[1] = table("assistance_roster", 1, family_no="F1", relation="户主")[1]
    merged = CONTRACTS["assistance_roster"].fill_down
    for row in (2, 3):
        for column in merged:
            family = with_cell(family, "assistance_roster", row, column, None)
    alone = table("assistance_roster", 1, first=8, family_no="F2", relation="户主")[1]
    damaged = table("assistance_roster", 1, first=9, family_no=None, relation="配偶")[1]
    home.put_table("assistance_roster", xlsx_bytes({"甲镇": [*family, alone, damaged]}), "ledger.xlsx")
    home.night()
    loaded = home.in_force("assistance_roster", "source_row, family_no, head_name")
    assert loaded == [*((row, "F1", "head_name0") for row in (2, 3, 4)), (5, "F2", "head_name8")]
    assert home.rows("select source_row, column_name from raw.rejected_row") == [(6, "家庭编号")]


def test_a_csv_is_never_filled_down(home):
    rows = table("assistance_roster", 2, family_no="F1", relation="子")
    for column in CONTRACTS["assistance_roster"].fill_down:
        rows = with_cell(rows, "assistance_roster", 2, column, None)
    home.put_table("assistance_roster", rows)
    assert home.night().deliveries[0].rows_rejected == 1


def test_sheets_of_towns_a_cover_and_a_hidden_sheet(home):
    book = xlsx_bytes(
        {
            "说明": [["本表由各镇填报"], [None], ["每月5日前"]],
            "甲镇": table("assistance_roster", 2, town="甲镇"),
            "空白": [],
            "乙镇": table("assistance_roster", 3, first=10, town="乙镇"),
        },
        hidden=["乙镇"],
    )
    home.put_table("assistance_roster", book, "a.xlsx")
    report = home.night()
    told = {one.sheet: (one.status, one.source_table, one.rows_in, one.rows_loaded) for one in report.deliveries}
    assert told == {
        "甲镇": ("accepted", "assistance_roster", 3, 2),
        "乙镇": ("accepted", "assistance_roster", 4, 3),
        "说明": ("accepted", None, 3, 0),
    }
    assert "隐藏" in next(one.reason for one in report.deliveries if one.sheet == "乙镇")


def test_the_preferred_of_two_addresses_counts(home):
    rows = [[*row, "别处"] for row in table("assistance_roster", 1)]
    rows[0][-1] = "现住址"
    home.put_table("assistance_roster", rows)
    home.night()
    assert home.in_force("assistance_roster", "address") == [("address0",)]


def test_unknown_codes_cost_the_row_only_where_required(home):
    rows = with_cell(table("assistance_roster", 2), "assistance_roster", 1, "category", "五保")
    home.put_table("assistance_roster", with_cell(rows, "assistance_roster", 2, "relation", "邻居"))
    home.night()
    assert home.rows("select source_row, column_name from raw.rejected_row") == [(2, "救助类别")]
    assert home.rows("select source_row, column_name from raw.cell_note") == [(3, "与户主关系")]
    assert home.in_force("assistance_roster", "relation") == [(None,)]


def test_the_archive_keeps_bytes_and_printed_rows(home):
    content = csv_bytes([["标题", None, None, None, None], *table("deaths", 2, sex="女")])
    home.put_table("deaths", content)
    delivery = home.night().deliveries[0]
    kept = home.home.archive / delivery.sha256[:2] / delivery.sha256
    assert kept.read_bytes() == content
    assert kept.stat().st_mode & 0o777 == 0o600
    rows = pq.read_table(home.home.archive / "rows" / f"{delivery.delivery_id}.parquet")
    assert rows.column_names == ["source_row", "死者姓名", "死者身份证号", "性别", "死亡日期", "火化日期"]
    assert rows.column("source_row").to_pylist() == [1, 2, 3, 4]
    assert rows.column("性别").to_pylist() == [None, "性别", "女", "女"]


def test_a_department_is_told_by_headings_even_in_the_wrong_folder(home):
    home.put("deaths.csv", table("deaths", 1), "housing")
    home.put("../deaths2.csv", table("deaths", 1, first=4))
    report = home.night()
    assert {(one.department, one.source_table, one.source_file) for one in report.deliveries} == {
        ("housing", "deaths", "deaths.csv"), ("civil_affairs", "deaths", "deaths2.csv"),
    }  # fmt: skip


TEXTS = ("合计", "小计", "姓名", "张三", number(1), "2024-05-06", "2024-02-30", "死亡日期", "男", "第1页")
CELLS = st.sampled_from([None, "", "#错误", "x" * 50, *TEXTS])


@pytest.fixture(scope="module")
def one_home(tmp_path_factory):
    return SmallHome(tmp_path_factory.mktemp("home"))


@given(rows=st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=25), cut=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_conservation(one_home, rows, cut):
    """Whatever stands in the file: every physical row is loaded, rejected or skipped, and the database agrees."""
    content = [*rows[:cut], *table("deaths", 1), *rows[cut:]]
    one_home.put_table("deaths", content, "a.csv")
    for delivery in one_home.night().deliveries:
        if delivery.source_table and delivery.status != "unchanged":
            assert delivery.rows_in == len(content)
            tables = ("staging.deaths", "raw.rejected_row", "raw.skipped_row")
            each = " union all ".join(f"select source_row, delivery_id from {name}" for name in tables)
            marked = f"select count(*), count(distinct source_row) from ({each}) where delivery_id = "
            stopped = delivery.status == "refused" and "没有一行能读出" not in delivery.reason
            marks = one_home.rows(marked + str(delivery.delivery_id))
            assert stopped or marks == [(len(content), len(content))]


def test_optional_columns_may_be_missing(home):
    home.put_table("deaths", without(table("deaths", 2), "deaths", "sex", "cremation_date", "id_no"))
    assert home.night().new_rows == 2
    assert home.in_force("deaths", "distinct sex, row_key, cremation_date_precision") == [(None, None, None)]


@pytest.mark.parametrize(("rows", "is_cut"), [(65_535, True), (65_534, False)])
def test_a_file_that_ends_where_a_spreadsheet_ends_may_be_cut(home, rows, is_cut):
    heading, row = table("deaths", 1)
    lines = [heading, *([f"{row[0]}{number}", *row[1:]] for number in range(rows))]
    home.put_table("deaths", csv_bytes(lines))
    (delivery,) = home.night().deliveries
    assert delivery.rows_loaded == rows
    assert ("行数上限" in (delivery.reason or "")) is is_cut
