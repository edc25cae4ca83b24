"""A column that a list came without is unknown (due-process 3): it makes nobody a certain exception."""

import datetime
from pathlib import Path

import pytest

from checks.cases import Case, open_bench, run_case

POLICY = Path(__file__).parents[2] / "policy"
AS_OF = datetime.date(2024, 6, 30)
MONTHS = [f"2024-{month:02d}" for month in range(1, 7)]


@pytest.fixture
def bench():
    return open_bench(POLICY)


def listed(family_no: str, last: int = 6) -> list[dict]:
    """A person of a family's number on the dibao roster, from January to the last month."""
    line = {"person_id": family_no, "family_no": family_no, "category": "dibao"}
    return [{**line, "month": month} for month in MONTHS[:last]]


LEFT = {
    "assistance_roster": [*listed("F1", last=3), *listed("F2")],
    "assistance_exits": [
        {"person_id": "F1", "family_no": "F1", "category": "dibao", "exit_date": datetime.date(2024, 3, 5)}
    ],
    "benefit_payments": [{"person_id": "F1", "family_no": "F1", "month": "2024-04", "benefit": "dibao", "amount": 600}],
}
OWNED = {
    "assistance_roster": listed("F1"),
    "properties": [
        {"person_id": "F1", "certificate_no": "C1", "use": "dwelling"},
        {"person_id": "F1", "certificate_no": "C2", "use": "dwelling"},
    ],
}


@pytest.mark.parametrize(
    ("rule", "given", "column", "said"),
    [
        ("paid_after_exit", LEFT, "grace_until", "是否在缓退期内未知"),
        ("property_on_dibao", OWNED, "address", "可能是同一处住宅"),
    ],
)
def test_a_list_without_the_protecting_column_makes_nobody_certain(bench, rule, given, column, said):
    sql = (POLICY / "clauses" / rule / "rule.sql").read_text(encoding="utf-8")
    case = Case(rule, "", AS_OF, given, [])
    bench.execute("insert into raw.read_column values (1, 'name', '姓名', 0, 0), (1, ?, '栏', 0, 0)", [column])
    (certain,) = [row for row in run_case(bench, case, sql) if row["condition"] != "on_roster_unpaid"]
    assert certain["certain"] and said not in certain["summary"]

    bench.execute("delete from raw.read_column where column_name = ?", [column])
    (unknown,) = [row for row in run_case(bench, case, sql) if row["condition"] != "on_roster_unpaid"]
    assert not unknown["certain"] and said in unknown["summary"]
