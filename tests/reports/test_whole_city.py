"""A sample city taken all the way: every total equals its rows and the warehouse, and nobody sees too much."""

import re
from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from reports.disclosure import load_disclosure
from reports.headings import load_headings
from tests.reports.reopened import FIRST_ROW, NOTHING, TOTAL_ROW, Reopened, block_of
from tests.reports.whole_city import MARK, NUMBER, WholeCity, content_of, recipient_of
from warehouse.home import DEPARTMENTS

NEVER = {"address", "phone", "diagnosis", "diagnosis_code"}
TOTALS = {heading.zh for heading in load_headings().values() if heading.total}
FIXED = ("说明", "跟踪走访", "身份待核", "数据质量")
OPEN = "('待核实', '已通知', '已答复')"


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> WholeCity:
    return WholeCity().make(tmp_path_factory.mktemp("city") / "home", seed=3)


@pytest.fixture(scope="module")
def books(city):
    return {path: load_workbook(path) for path in city.workbooks}


def book_of(books, start: str):
    return next(book for path, book in books.items() if path.name.startswith(start))


def rows_of_rules(book) -> list[dict]:
    return [row for name in book.sheetnames if name not in FIXED for row in Reopened(book[name]).rows]


def test_every_total_equals_the_rows_below(books):
    totals = 0
    for book in books.values():
        for page in book.worksheets[1:]:
            sheet = Reopened(page)
            rows = sheet.rows
            assert page.cell(TOTAL_ROW, 1).value == f"合计 {len(rows)} 条"
            assert rows or page.cell(FIRST_ROW, 1).value == NOTHING
            for heading in TOTALS & set(sheet.headings):
                shown = sum(Decimal(str(row[heading])) for row in rows if row[heading] is not None)
                assert Decimal(str(sheet.total(heading))) == shown
                totals += 1
    assert totals > 100


def test_the_office_book_holds_what_the_warehouse_holds(city, books):
    book = book_of(books, "月度核对总表")
    found = dict(city.query("select kind, count(*) from mart.finding group by kind"))
    assert len(Reopened(book["缺口"]).rows) == found["supportive"]
    assert len(Reopened(book["核实"]).rows) == found["adverse"]
    ((families, people, yuan),) = city.query(
        """select count(*), sum(mart.household.members), sum(core.household.household_amount)
        from mart.household join core.household using (family_no, month) where month = date '2026-06-01'"""
    )
    towns = Reopened(book["区镇"])
    assert [towns.total(name) for name in ("家庭(户)", "人数", "月保障金额(元)")] == [families, people, float(yuan)]
    assert towns.total("缺口待办") + towns.total("核实待办") == sum(found.values())
    ((files, rows_in),) = city.query("select count(*), sum(rows_in) from mart.delivery")
    deliveries = Reopened(book["数据交付"])
    assert sum(row["情况"] != "从未收到" for row in deliveries.rows) == files
    assert deliveries.total("文件行数") == rows_in


def test_every_check_that_must_come_out_even_does(books):
    rows = Reopened(book_of(books, "月度核对总表")["勾稽"]).rows
    marks = defaultdict(Counter)
    for row in rows:
        marks[row["核对"].split(":")[0]][row["核对结果"]] += 1
    for check in ("家庭", "人员", "数据交付"):
        assert set(marks[check]) == {"平"}
    assert all(row["说明"] for row in rows if row["核对结果"] == "不平")


def test_named_changes_add_up_to_the_change_of_the_month(city, books):
    book = book_of(books, "月度核对总表")
    stock = dict(city.query("select month, count(*) from mart.household group by month order by month desc limit 2"))
    this_month, last_month = (count for _, count in sorted(stock.items(), reverse=True))
    assert Reopened(book["家庭变动"]).total("户数增减") == this_month - last_month
    people = dict(
        city.query("select month, sum(members) from mart.household group by month order by month desc limit 2")
    )
    this_month, last_month = (count for _, count in sorted(people.items(), reverse=True))
    for sheet in ("家庭变动", "人员变动"):
        assert Reopened(book[sheet]).total("人数增减") == this_month - last_month


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_a_department_gets_every_open_matter_it_receives_and_its_own_bad_rows(city, books, department):
    book = book_of(books, f"例外清单_{department}")
    ((due,),) = city.query(
        f"""select count(*) from mart.finding join policy.rule using (rule)
        where list_contains(rule.recipients, $1) and state in {OPEN} and (not coalesce(rule.parties_only, false)
            or rule.lead_department = $1
            or finding_id in (select finding_id from mart.finding_evidence where department = $1))
        """,
        department,
    )
    assert len(rows_of_rules(book)) == due
    ((bad,),) = city.query("select count(*) from mart.data_quality where department = ?", department)
    assert len(Reopened(book["数据质量"]).rows) == bad
    work = {row["部门"]: row for row in Reopened(book_of(books, "月度核对总表")["工作量"]).rows}
    label = book["说明"]["A1"].value.split(" · ")[1]
    asked = len(Reopened(book["身份待核"]).rows)
    assert (work[label]["合计待办"], work[label]["身份待核"], work[label]["数据质量(条)"]) == (due + asked, asked, bad)


@pytest.mark.parametrize("department", ["civil_affairs", "housing"])
def test_every_sheet_of_a_rule_holds_the_matters_and_yuan_of_the_warehouse(city, books, department):
    due = city.query(
        f"""select rule, kind, count(*), coalesce(sum(amount), 0) from mart.finding join policy.rule using (rule, kind)
        where list_contains(rule.recipients, $1) and state in {OPEN} and not coalesce(rule.parties_only, false)
        group by rule, kind""",
        department,
    )
    shown = {}
    for page in book_of(books, f"例外清单_{department}").worksheets[1:]:
        if found := re.search(r" 规则 (\w+)", page["A2"].value or ""):
            sheet = Reopened(page)
            kind = "supportive" if "(缺口) · " in page["A1"].value else "adverse"
            shown[found[1], kind] = (len(sheet.rows), Decimal(str(sheet.total("涉及金额(元)"))))
    assert len(due) > 3
    for rule, kind, count, yuan in due:
        assert shown[rule, kind] == (count, yuan)


def test_the_office_counts_are_those_of_the_warehouse(city, books):
    book = book_of(books, "月度核对总表")
    ((rules, parameters, open_matters),) = city.query(
        f"""select (select count(*) from policy.rule), (select count(*) from policy.parameter),
        (select count(*) from mart.finding where state in {OPEN})"""
    )
    catalogue = Reopened(book["规则目录"])
    assert (len(catalogue.rows), catalogue.total("待办")) == (rules, open_matters)
    assert len(block_of(book["规则目录"], "参数")) == parameters
    assert sum(row[3] for row in block_of(book["工作量"], "各规则")) == open_matters
    states = block_of(book["汇总"], "各规则事项(按状态)")
    assert sum(sum(row[1:7]) for row in states) == city.query("select count(*) from mart.finding")[0][0]
    trend = {row[0]: sum(row[1:5]) for row in block_of(book["汇总"], "各月在册人数(按类别)")}
    assert trend == dict(
        city.query("select strftime(month, '%Y-%m'), sum(members) from mart.household group by month order by month")[
            -12:
        ]
    )
    assert sum(row[1] for row in block_of(book["汇总"], "本月在册人数构成")) == trend["2026-06"]


def test_the_work_of_a_rule_leads_to_its_first_matter(books):
    book = book_of(books, "月度核对总表")
    titles = {row[0] for row in block_of(book["工作量"], "各规则")}
    links = [row for row in book["工作量"].iter_rows() if row[0].value in titles and row[6].hyperlink]
    assert len(links) > 10
    for row in links:
        tab, line = re.fullmatch(r"'(.+)'!A(\d+)", row[6].hyperlink.location).groups()
        rules = [one["规则"] for one in Reopened(book[tab]).rows]
        assert rules.index(row[0].value) == int(line) - FIRST_ROW


def test_coverage_of_the_towns_is_received_among_due(city, books):
    counted = defaultdict(dict)
    for town, measure, people in city.query(
        "select town, measure, sum(value) from mart.indicator where month = date '2026-06-01' group by town, measure"
    ):
        counted[town][measure] = people
    rows = block_of(book_of(books, "月度核对总表")["区镇"], "各区镇措施覆盖率")
    assert len(rows) > 5
    for town, paid, doctor in (row[:3] for row in rows):
        told = counted[town]
        assert doctor == pytest.approx(float(told["family_doctor_received"] / told["family_doctor_due"]))
        assert paid == pytest.approx(float(told["dibao_paid_received"] / told["dibao_paid_due"]))


def test_everybody_to_be_visited_is_in_the_departments_book_and_in_their_towns(city, books):
    followed = Reopened(book_of(books, "例外清单_civil_affairs")["跟踪走访"]).rows
    assert len(followed) == city.query("select count(*) from mart.follow_up")[0][0] > 10
    towns = [
        row for path, book in books.items() if recipient_of(path) == "town" for row in Reopened(book["跟踪走访"]).rows
    ]
    tokens_of = [Counter(row["校验码(请勿改动)"] for row in rows if row["区镇"]) for rows in (followed, towns)]
    assert tokens_of[0] == tokens_of[1]


def test_a_damaged_number_is_told_with_the_heading_its_file_prints(city, books):
    rows = [row for path, book in books.items() if "例外清单" in path.name for row in Reopened(book["数据质量"]).rows]
    damaged = [row for row in rows if row["问题"].startswith("证件号码")]
    assert len(damaged) > 5
    assert all(row["列(表头)"] and row["怎样改"] and row["来源行号"] for row in damaged)


def test_the_towns_share_out_what_civil_affairs_asks(city, books):
    between_parties = {title for (title,) in city.query("select title from policy.rule where parties_only")}
    asked = tokens(book_of(books, "例外清单_civil_affairs"), but_not=between_parties)
    towns = [tokens(book) for path, book in books.items() if recipient_of(path) == "town"]
    assert sum(towns, Counter()) == asked
    assert len(towns) > 5


def tokens(book, but_not: set[str] = frozenset()) -> Counter:
    """The tokens of the rows that name a town."""
    sheets = [name for name in book.sheetnames if name not in FIXED and name not in but_not]
    return Counter(row["校验码(请勿改动)"] for name in sheets for row in Reopened(book[name]).rows if row["区镇"])


def test_no_recipient_sees_a_text_it_is_not_allowed(city):
    allowed = load_disclosure().facts
    seen = defaultdict(set)
    for path in city.workbooks:
        recipient = recipient_of(path)
        for mark in set(MARK.findall(content_of(path))):
            department, table, column = city.marks[int(mark)]
            seen[recipient].add((table, column))
            assert column not in NEVER, f"{recipient} sees {table}.{column}"
            is_place = table == "assistance_roster" and column in ("town", "community")
            assert department == recipient or is_place or recipient in allowed[table], f"{recipient}: {table}.{column}"
    assert len(city.marks) > 30
    assert ("assistance_roster", "community") in seen["civil_affairs"]


def test_full_numbers_are_only_in_the_book_of_whoever_delivered_them(city):
    delivered = defaultdict(set)
    written = city.query(
        """select distinct identity.id_no, delivery.department
        from identity.identity as identity
        join identity.row_identity as row_identity using (identity_id)
        join raw.delivery as delivery on delivery.delivery_id = row_identity.row_id // 1000000000
        where identity.id_no is not null"""
    )
    for number, department in written:
        for digits in NUMBER.findall(number):
            delivered[digits.upper()].add(department)
    seen = [
        (recipient_of(path), number.upper()) for path in city.workbooks for number in NUMBER.findall(content_of(path))
    ]
    assert [one for one in seen if one[1] in delivered]
    assert not [recipient for recipient, number in seen if number in delivered and recipient not in delivered[number]]
