"""Names behind the totals: every change of a cell, and links that lead from the total to its first row."""

import re
from collections import defaultdict
from datetime import date

import pytest
from openpyxl import load_workbook

from reports.monthly import write_month
from tests.reports.conftest import NUMBERS, small_city
from tests.reports.published import APRIL, ISSUED, JUNE, MAY, SECRET, publish
from tests.reports.reopened import FIRST_ROW, Reopened


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moves")
    city = small_city()
    for number, (name, months) in enumerate(
        [("回来的", [(APRIL, "F60"), (JUNE, "F60")]), ("换号的", [(MAY, "F61"), (JUNE, "F62")]),
         ("退而未销", [(MAY, "F63"), (JUNE, "F63")]), ("加入的", [(JUNE, "F63")])],
        start=60,
    ):  # fmt: skip
        person = f"P{number}"
        city.person(person, name, NUMBERS["P1"][:14] + f"{number}0X")
        for place, (month, family) in enumerate(months):
            row_id = city.written(2, number * 10 + place, person, name, None)
            relation = "child" if name == "加入的" else "head"
            city.on_roster(row_id, person, month, family, relation=relation, town="巴城镇", household_amount=1000)
    city.exits.append((9, "P62", True, "F63", "dibao", date(2026, 5, 20), "income", 900, None))
    path = publish(city, folder / "full.duckdb")
    paths = write_month(path, folder / "out", JUNE, secret=SECRET, issued_on=ISSUED)
    return load_workbook(next(path for path in paths if path.name.startswith("月度")))


def labels(book, sheet: str) -> dict[str, list[str]]:
    found = defaultdict(list)
    for row in Reopened(book[sheet]).rows:
        found[row["家庭编号"]].append(row["变动"])
    return found


def test_every_move_of_a_family_has_its_name(book):
    found = labels(book, "家庭变动")
    assert found["F7"] == ["退出"]
    assert found["F8"] == ["新增"]
    assert sorted(found["F9"]) == ["类别转入", "类别转出"]
    assert found["F60"] == ["恢复"]
    assert (found["F61"], found["F62"]) == (["换户号(旧号)"], ["换户号(新号)"])
    assert found["F63"] == ["成员增加、有退出登记,仍在册"]
    assert found["F12"] == ["金额调增"]


def test_every_move_of_a_person_has_its_name(book):
    found = labels(book, "人员变动")
    assert found["F60"] == ["恢复"]
    assert (found["F61"], found["F62"]) == (["往别户去"], ["由别户来"])
    assert found["F63"] == ["新增"]
    leaver = next(row for row in Reopened(book["人员变动"]).rows if row["家庭编号"] == "F7")
    assert (leaver["变动"], leaver["退出登记"], leaver["人数增减"]) == ("退出", "有", -1)


@pytest.mark.parametrize(
    ("check", "sheet", "column"),
    [("家庭", "家庭变动", "户数增减"), ("人员", "人员变动", "人数增减"), ("金额", "家庭变动", "金额增减(元)")],
)
def test_the_named_changes_add_up_to_closing_minus_opening_in_every_cell(book, check, sheet, column):
    found = defaultdict(int)
    for row in Reopened(book[sheet]).rows:
        found[row["救助类别"], row["区镇"]] += row[column] or 0
    cells = [row for row in Reopened(book["勾稽"]).rows if row["核对"].startswith(f"{check}:期初")]
    assert len(cells) >= 4
    for row in cells:
        assert row["右边数"] - row["期初"] == found.pop((row["救助类别"], row["区镇"]), 0)
    assert not any(found.values())


def test_a_total_leads_to_the_first_row_that_makes_it(book):
    sheet = Reopened(book["勾稽"])
    place = sheet.headings.index("明细")
    checked = 0
    for row in sheet.sheet.iter_rows(min_row=FIRST_ROW):
        link = row[place].hyperlink
        if link is None or not str(row[1].value).startswith(("家庭", "人员", "金额")):
            continue
        tab, line = re.fullmatch(r"'(.+)'!A(\d+)", link.location).groups()
        target = Reopened(book[tab]).rows[int(line) - FIRST_ROW]
        assert (target["救助类别"], target["区镇"]) == (row[2].value, row[3].value)
        checked += 1
    assert checked >= 6


def test_renumbered_families_are_neither_new_nor_gone(book):
    figures = {row["指标"]: row["本月"] for row in Reopened(book["汇总"]).rows}
    assert (figures["新增和恢复家庭"], figures["离开家庭"]) == (2, 1)


def test_families_behind_an_uneven_amount_are_named(book):
    rows = Reopened(book["金额差异"]).rows
    assert {(row["核对"], row["家庭编号"], row["变动"]) for row in rows} >= {
        ("本人金额之和与家庭金额", "F62", "两数不等"), ("花名册与发放", "F62", "在册未见发放"),
    }  # fmt: skip
    uneven = next(row for row in rows if row["家庭编号"] == "F62")
    assert (uneven["左边数"], uneven["右边数"], uneven["差额"]) == (600, 1000, -400)


def test_the_waterfall_ends_at_this_months_families(book):
    cells = [[cell.value for cell in row[:5]] for row in book["汇总"].iter_rows()]
    start = next(place for place, row in enumerate(cells) if row[:2] == ["进出", "底数"])
    steps = {row[0]: row[1:] for row in cells[start + 1 : start + 7]}
    people = next(row for row in Reopened(book["汇总"]).rows if row["指标"] == "在册家庭")
    assert steps["上月"][1] == people["上月"]
    assert steps["本月"][1] == people["本月"] == steps["退出"][0]
    assert steps["恢复"][2] == 1
