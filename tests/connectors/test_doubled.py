"""Two columns of a sheet for one of the contract: read together where they say the same, refused where not."""

import pytest

from tests.connectors.small_home import CONTRACTS, SmallHome, table


@pytest.fixture
def home(tmp_path):
    return SmallHome(tmp_path)


def test_a_doubled_column_counts_where_it_agrees(home):
    rows = table("deaths", 2)
    rows = [[*row, row[1]] for row in rows]
    rows[0][5] = "证件号码"
    rows[1][5] = None
    home.put_table("deaths", rows)
    assert home.night().new_rows == 2


def doubled(name, column, heading, change):
    """A table with a column printed a second time, otherwise."""
    place = list(CONTRACTS[name].columns).index(column)
    return [[*row, change(row[place]) if number else heading] for number, row in enumerate(table(name, 3))]


@pytest.mark.parametrize(
    ("name", "column", "heading", "change"),
    [
        ("deaths", "death_date", "死亡时间", lambda text: f"{text} 08:30"),
        ("deaths", "id_no", "身份证号码", lambda text: f" {text[:6]} {text[6:].lower()}"),
        ("medical_settlements", "copay", "个人自负", lambda text: f"￥{text[0]},{text[1:]}"),
        ("medical_settlements", "total", "医疗总费用(万元)", lambda text: "0.12345"),
    ],
)
def test_a_doubled_column_agrees_where_it_says_the_same(home, name, column, heading, change):
    home.put_table(name, doubled(name, column, heading, change))
    assert home.night().new_rows == 3


def test_the_same_figures_in_two_units_contradict_each_other(home):
    home.put_table("medical_settlements", doubled("medical_settlements", "copay", "个人自负(万元)", str))
    assert home.night().deliveries[0].status == "refused"


def test_a_doubled_amount_in_another_unit_fills_no_gap(home):
    rows = doubled("medical_settlements", "copay", "个人自负(万元)", lambda text: "0.12345")
    rows[2][rows[0].index("自负费用")] = None
    home.put_table("medical_settlements", rows)
    assert home.night().deliveries[0].status == "refused"
