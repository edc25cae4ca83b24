"""Every critical bound stops on its far side and lets pass on its near one."""

import pytest

from tests.checks.quality.judged_home import mixed
from tests.connectors.small_home import table, without

ROSTER, PAID, DEATHS, SETTLED = "assistance_roster", "benefit_payments", "deaths", "medical_settlements"
JUNE = {"month": "2026-06"}


# name -> table, the delivery before (None: none), delivery beyond the bound, delivery inside it, words of the reason
STOPS = {
    "four of five rows cannot be read": (
        DEATHS, None, mixed(DEATHS, 100, 81, death_date="某日"), mixed(DEATHS, 100, 80, death_date="某日"), "未能读出",
    ),
    "a list lost more than half its rows": (
        ROSTER, table(ROSTER, 200), table(ROSTER, 99, **JUNE), table(ROSTER, 100, **JUNE), "每月行数",
    ),
    "one key for nearly all rows": (
        SETTLED, None, mixed(SETTLED, 100, 91, settlement_no="A1"), mixed(SETTLED, 100, 90, settlement_no="A1"),
        "关键字段相同",
    ),
    "one name for nearly everybody": (
        DEATHS, None, mixed(DEATHS, 100, 91, name="甲"), mixed(DEATHS, 100, 90, name="甲"), "列“死者姓名”的姓名相同",
    ),
    "one day to come for nearly everything": (
        DEATHS, None, mixed(DEATHS, 100, 91, death_date="2027-03-01"), mixed(DEATHS, 100, 90, death_date="2027-03-01"),
        "列“死亡日期”的同为将来某一天",
    ),
    "amounts in ten thousands": (
        PAID, table(PAID, 100, amount="12000"), table(PAID, 100, amount="1.2", **JUNE),
        table(PAID, 100, amount="12", **JUNE), "列“发放金额”的金额中位数",
    ),
    "amounts a thousand times as large": (
        PAID, table(PAID, 100, amount="12"), table(PAID, 100, amount="12012", **JUNE),
        table(PAID, 100, amount="12000", **JUNE), "列“发放金额”的金额中位数",
    ),
    "a list without the numbers it had": (
        ROSTER, table(ROSTER, 100), without(table(ROSTER, 100, **JUNE), ROSTER, "id_no"),
        mixed(ROSTER, 100, 95, id_no=None, **JUNE), "列“身份证号码”的填写率",
    ),
    "a list whose numbers all broke": (
        ROSTER, table(ROSTER, 100), mixed(ROSTER, 100, 96, id_no="320583********0012", **JUNE),
        mixed(ROSTER, 100, 95, id_no="320583********0012", **JUNE), "列“身份证号码”的号码有效",
    ),
    "a list whose codes nobody knows": (
        ROSTER, table(ROSTER, 100), mixed(ROSTER, 100, 96, sex="K7", **JUNE), mixed(ROSTER, 100, 95, sex="K7", **JUNE),
        "列“性别”的读得出",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STOPS)
def test_beyond_the_bound_it_is_stopped(home, case):
    name, before, beyond, _, words = STOPS[case]
    if before:
        assert home.deliver(name, before, "一月.csv").status == "accepted"
    stopped = home.deliver(name, beyond, "二月.csv")
    assert stopped.status == "refused"
    assert stopped.reason.startswith("二月.csv:质量检查停收")
    assert words in stopped.reason and "界限" in stopped.reason


@pytest.mark.parametrize("case", STOPS)
def test_at_the_bound_it_is_taken_in(home, case):
    name, before, _, inside, _ = STOPS[case]
    if before:
        home.deliver(name, before, "一月.csv")
    taken = home.deliver(name, inside, "二月.csv")
    assert taken.status == "accepted", taken.reason


# What real exports are like: told, never stopped.
DIRTY = {
    "half the numbers damaged": (
        DEATHS, mixed(DEATHS, 100, 50, id_no="3.20583E+17"), "warning", ("valid_number", "id_no"),
    ),
    "a twentieth rejected": (DEATHS, mixed(DEATHS, 100, 6, death_date="某日"), "warning", ("rejected_share", None)),
    "codes half unknown": (SETTLED, mixed(SETTLED, 100, 50, sex="K7"), "warning", ("readable", "sex")),
    "some dates to come": (DEATHS, mixed(DEATHS, 100, 6, death_date="2027-03-01"), "warning", ("future", "death_date")),
    "amounts of a few fen": (PAID, table(PAID, 100, amount="0.12"), "warning", ("median", "amount")),
}  # fmt: skip


@pytest.mark.parametrize("case", DIRTY)
def test_a_dirty_export_is_taken_with_a_warning(home, case):
    name, rows, severity, what = DIRTY[case]
    assert home.deliver(name, rows).status == "accepted"
    assert what in home.failed(severity)


def test_a_clean_export_has_no_remarks(home):
    home.deliver(ROSTER, table(ROSTER, 100))
    assert home.failed("critical") | home.failed("warning") == set()


def test_one_past_day_for_all_is_ordinary(home):
    assert home.deliver(DEATHS, table(DEATHS, 100)).status == "accepted"
    assert home.failed("warning") == set()


def test_an_end_still_to_come_is_no_future_event(home):
    assert home.deliver("employment", table("employment", 100, contract_end="2027-12-31")).status == "accepted"
    assert home.failed("warning") == set()


def test_an_increment_may_shrink_and_lack_numbers(home):
    home.deliver(SETTLED, table(SETTLED, 200), "一月.csv")
    rows = without(table(SETTLED, 60), SETTLED, "id_no")
    assert home.deliver(SETTLED, rows, "二月.csv").status == "accepted"
    assert ("filled_ratio", "id_no") in home.failed("warning")


def test_a_few_rows_prove_nothing(home):
    assert home.deliver(DEATHS, mixed(DEATHS, 19, 18, death_date="某日")).status == "accepted"
    assert home.deliver(SETTLED, mixed(SETTLED, 49, 49, settlement_no="A1")).status == "accepted"


def test_sizes_are_compared_with_files_named_alike_alone(home):
    """Towns deliver lists of unequal length."""
    home.deliver(ROSTER, table(ROSTER, 200), "玉山镇 2026年5月.csv")
    assert home.deliver(ROSTER, table(ROSTER, 60, first=300, **JUNE), "巴城镇 2026年6月.csv").status == "accepted"
    assert home.deliver(ROSTER, table(ROSTER, 60, **JUNE), "玉山镇 2026年6月.csv").status == "refused"


def test_rows_are_compared_month_by_month(home):
    months = [table(ROSTER, 100, month=f"2026-0{month}") for month in range(1, 6)]
    year = [months[0][0], *(row for month in months for row in month[1:])]
    home.deliver(ROSTER, year, "名册 2026-05.csv")
    assert home.deliver(ROSTER, table(ROSTER, 100, **JUNE), "名册 2026-06.csv").status == "accepted"


def test_deliveries_of_one_night_are_not_compared_with_each_other(home):
    home.put_table(ROSTER, table(ROSTER, 200), "名册 2026-05.csv")
    home.put_table(ROSTER, table(ROSTER, 60, **JUNE), "名册 2026-06.csv")
    assert {one.status for one in home.night().deliveries} == {"accepted"}
