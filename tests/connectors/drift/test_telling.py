"""What is stopped and what is only told; and that no telling carries more than a heading or a common code word."""

import pytest

from tests.connectors.drift import exports
from tests.connectors.drift.exports import EXPORTS
from tests.connectors.small_home import CONTRACTS, SmallHome, table, without

ROSTER, SETTLED = EXPORTS["civil_affairs"], EXPORTS["health"]


@pytest.fixture
def home(tmp_path):
    return SmallHome(tmp_path / "home")


def told(home: SmallHome) -> dict[str, tuple[str, str]]:
    return {one.source_file: (one.status, one.reason or "") for one in home.night().deliveries}


def test_files_that_arrive_together_are_not_held_against_each_other(home):
    """A backlog of years has the layouts of years: a column missing in one of them is no change of tonight."""
    rows = exports.rows_of(SETTLED, month=5)
    home.put_table(SETTLED.table, rows, "结算2024年05月.csv")
    later = exports.dropped(exports.rows_of(SETTLED, month=6), SETTLED.at(SETTLED.optional))
    home.put_table(SETTLED.table, later, "结算2024年06月.csv")
    assert {status for status, _ in told(home).values()} == {"accepted"}


def test_a_new_list_is_told_what_it_lacks_beside_what_nobody_uses(home):
    rows = without(table("deaths", 2), "deaths", "cremation_date")
    home.put_table("deaths", exports.added(rows, "火化登记日", lambda _: "2024-05-06"), "a.csv")
    ((status, reason),) = told(home).values()
    assert (status, "没有用到的列:火化登记日" in reason, "没有的列:火化日期" in reason) == ("accepted", True, True)


def test_what_every_list_carries_is_not_told(home):
    rows = exports.added(table("deaths", 2), "备注", lambda _: "无")
    home.put_table("deaths", rows, "a.csv")
    assert told(home) == {"a.csv": ("accepted", "")}


def test_a_heading_said_to_be_unused_is_told_no_more(home):
    (home.home.root / "headings.toml").write_text('civil_affairs.deaths.unused = ["火化炉号"]', encoding="utf-8")
    home.put_table("deaths", exports.added(table("deaths", 2), "火化炉号", lambda _: "3"), "a.csv")
    assert told(home) == {"a.csv": ("accepted", "")}


def test_the_address_that_does_not_count_is_told(home):
    rows = exports.added(exports.rows_of(ROSTER, month=5), "现住址", lambda number: f"他处{number}")
    home.put_table(ROSTER.table, rows, "a.csv")
    assert "没有用到的列:现住址" in told(home)["a.csv"][1]
    assert home.in_force(ROSTER.table, "count(distinct address) filter (address like 'address%')") == [(exports.ROWS,)]


def second_month(home: SmallHome, export: exports.Export, rows: exports.Rows) -> tuple[str, str]:
    home.put_table(export.table, exports.rows_of(export, month=5), "名册2024年05月.csv")
    assert home.night().accepted == 1
    home.put_table(export.table, rows, "名册2024年06月.csv")
    return told(home)["名册2024年06月.csv"]


def test_slips_stop_nothing_and_are_not_quoted(home):
    rows = exports.rows_of(ROSTER, month=6)
    for row in (3, 7, 11, 15):
        rows[row][ROSTER.at("category")] = "张三丰"
        rows[row][ROSTER.at("start_date")] = "不详"
    status, reason = second_month(home, ROSTER, rows)
    assert (status, "4行未能读出" in reason, "张三丰" in reason) == ("accepted", True, False)


def test_names_in_a_column_of_codes_are_stopped_and_never_quoted(home):
    """A column moved to the right: thirteen families of six are many words, and many words are no codes."""
    rows, place = exports.rows_of(ROSTER, month=6), ROSTER.at("category")
    names = [f"{family}家人" for family in "赵钱孙李周吴郑王冯陈褚卫蒋"]
    twice = [*rows, *rows[1:]]
    moved = [[*row[:place], names[number % 13], *row[place + 1 :]] for number, row in enumerate(twice)]
    status, reason = second_month(home, ROSTER, [rows[0], *moved[1:]])
    assert (status, "列“救助类别”有80格读不出" in reason) == ("refused", True)
    assert not any(name in reason for name in names)


def test_a_code_that_says_the_opposite_is_not_proposed(home):
    rows, place = exports.rows_of(ROSTER, month=6), ROSTER.at("category")
    ended = exports.changed(rows, place, lambda text: "低保已停" if text == "低保" else text)
    status, reason = second_month(home, ROSTER, ended)
    assert (status, '"低保已停" = "?"' in reason, '= "dibao"』' in reason) == ("refused", True, False)


def test_a_column_that_was_never_read_is_no_change(home):
    """The same unknown word as last month: told again, not stopped."""
    for month in (5, 6):
        rows = exports.rows_of(ROSTER, month=month)
        rows = exports.changed(rows, ROSTER.at("cause"), lambda text: "因故" if text in ("其他", "因残") else text)
        home.put_table(ROSTER.table, rows, f"名册2024年0{month}月.csv")
        ((status, reason),) = told(home).values()
        assert (status, '『civil_affairs.assistance_roster.cause."因故" = "?"』' in reason) == ("accepted", True)


def test_the_better_heading_is_proposed_by_what_stands_below_it(home):
    """Both new headings look like the lost amount, but only one holds amounts."""
    rows, place = exports.rows_of(SETTLED, month=6), SETTLED.at("total")
    renamed = exports.headed(rows, place, "就医发生额")
    status, reason = second_month(home, SETTLED, exports.added(renamed, "总费用说明", lambda _: "按项目计"))
    assert status == "refused"
    assert reason.index('total = ["就医发生额"]') > 0
    assert 'total = ["总费用说明"]' not in reason


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_required_column_renamed_is_stopped_with_its_own_table_and_line(home, name):
    contract = CONTRACTS[name]
    for number, column in enumerate(contract.required):
        rows = exports.headed(table(name, 8), list(contract.columns).index(column.name), f"新{column.headings[0]}值")
        home.put_table(name, rows, f"{contract.title}{number}.csv")
    deliveries = told(home)
    assert len(deliveries) == len(contract.required)
    for number, column in enumerate(contract.required):
        status, reason = deliveries[f"{contract.title}{number}.csv"]
        line = f'『{contract.department}.{name}.{column.name} = ["新{column.headings[0]}值"]』'
        assert (status, line in reason) == ("refused", True), reason


@pytest.mark.parametrize("folder", ["civil_affairs", "hr_social_security", "."])
def test_payments_without_their_kind_are_never_pensions(home, folder):
    rows = exports.headed(table("benefit_payments", 8), 4, "补贴名目")
    home.put("发放.csv", rows, folder)
    ((status, _),) = told(home).values()
    assert (status, home.in_force("pensions")) == ("refused", [])
