"""One month of a small city with every kind of sheet filled, written once and reopened by the tests."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reports.monthly import write_month
from tests.reports.published import ISSUED, JUNE, MAY, ROW_BASE, SECRET, City, publish

NUMBERS = {f"P{number}": f"32058319800505{number:03d}X" for number in range(1, 40)}
NAMES = {"P1": "张三", "P2": "李四", "P3": "王五", "P4": "赵六", "P5": '=HYPERLINK("http://x","点我")'}
FILE = "花名册_202606.xlsx"


def small_city() -> City:
    city = City()
    city.delivery(1, "civil_affairs", "assistance_roster", "花名册_202605.xlsx", sheet="明细")
    city.delivery(2, "civil_affairs", "assistance_roster", FILE, sheet="明细")
    city.delivery(3, "hr_social_security", "job_referrals", "介绍登记.csv")
    city.delivery(4, "health", "medical_settlements", "结算_01.csv")
    city.delivery(5, "housing", None, "台账.xlsx", status="refused", reason="缺少列:房屋编号", rows_in=0)
    city.skipped += [(2, 1, "title"), (2, 2, "heading")]
    city.rejected += [(2, 90, "享受起始日期", "不是日期")]
    _roster(city)
    _findings(city)
    _questions(city)
    return city


def _roster(city: City) -> None:
    for place in range(1, 31):
        person = f"P{place}"
        name = NAMES.get(person, f"赵钱{place}")
        town = ("玉山镇", "巴城镇", None)[place % 3]
        category = ("dibao", "dibao_edge", "destitute")[place % 3]
        city.person(person, name, NUMBERS[person], ["civil_affairs", "health"])
        for delivery, month in ((1, MAY), (2, JUNE)):
            if (place == 7 and month == JUNE) or (place == 8 and month == MAY):
                continue
            moved = "dibao_edge" if place == 9 and month == JUNE else category
            amount = 650 if place == 12 and month == JUNE else 600
            row_id = city.written(delivery, place + 2, person, name, NUMBERS[person])
            city.on_roster(
                row_id,
                person,
                month,
                f"F{place}",
                category=moved,
                town=town,
                person_amount=amount,
                household_amount=amount,
            )
            if moved == "dibao":
                city.payments.append((row_id, person, True, month, f"F{place}", "dibao", amount))
    city.exits.append((1, "P7", True, "F7", "dibao_edge", date(2026, 6, 5), "income", 900, None))


def _findings(city: City) -> None:
    refusal = city.written(3, 5, "P2", "李四(登记)", NUMBERS["P2"].lower())
    settled = city.written(4, 9, "P1", "张三", NUMBERS["P1"])
    june = 2 * ROW_BASE
    city.finding(
        "f01",
        "relapse",
        "P1",
        "at_risk",
        [(june + 3, JUNE, "在册"), (settled, date(2026, 5, 2), "就医自付")],
        identity="probable",
        family="F1",
    )
    city.finding(
        "f02",
        "work_refusal",
        "P2",
        "six_months",
        [(refusal, date(2025, 12, 1), "拒绝介绍")],
        amount=600,
        bar=False,
        family="F2",
    )
    city.finding("f03", "family_doctor_gap", "P3", "no_contract", [(june + 5, JUNE, "在册")], family="F3")
    city.finding("f04", "dangerous_house", "P4", "subsidy_due", [(june + 6, JUNE, "在册")], amount="12000.50")
    city.finding("f05", "work_refusal", "P5", "three_refusals", [(june + 7, JUNE, "在册")], amount=600, bar=True)
    city.finding("f06", "paid_after_exit", "P6", "on_roster_unpaid", [(june + 8, JUNE, "在册")], kind="supportive")
    city.finding("f07", "paid_after_exit", "P7", "paid_after_exit", [(june + 9, JUNE, "发放")], state="不属实")


def _questions(city: City) -> None:
    damaged = city.written(4, 20, "P31", "张三", "3205831980****", sex="female")
    city.person("P31", "张三", None, ["health"], sex="female")
    city.reviews.append(("R1", "P31", "P1", str(damaged), 0.7, "姓名相同,号码缺损", "待核实"))
    file = ("civil_affairs", "assistance_roster", FILE, "明细")
    for row in range(3):
        city.quality.append((*file, 10 + row, None, "证件号码末三位被表格软件改成 000", "设为文本格式", 2))
    city.quality.append((*file, 90, "享受起始日期", "不是日期", "改正后重新交付这一行", 2))


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> dict[str, Path]:
    """The workbooks of the small city by name."""
    folder = tmp_path_factory.mktemp("reports")
    database = publish(small_city(), folder / "full.duckdb")
    paths = write_month(database, folder / "outbox", JUNE, secret=SECRET, issued_on=ISSUED)
    return {path.name: path for path in paths}


@pytest.fixture(scope="session")
def workbooks(written) -> dict[str, object]:
    """The same, opened."""
    return {name: load_workbook(path) for name, path in written.items()}
