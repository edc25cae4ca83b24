"""The files of the Disabled Persons' Federation, Health and Housing."""

from collections.abc import Iterator

from connectors.demo_city.batch import Batch, Source, halves, label
from connectors.demo_city.city import City
from connectors.demo_city.exports import Entry, forms
from connectors.demo_city.layout import Style
from connectors.demo_city.months import last_day, month_of

EARLIER_LIST = 6  # months before the last: the federation sends its whole list twice a year


def disabled_persons_federation(city: City, rows: Source) -> Iterator[Batch]:
    """The whole list half a year ago, as a web system exports it, and today's."""
    issued = forms()["disability_certificates"].place("issued_on")
    found = list(rows("disability_certificates"))
    earlier = city.last_month - EARLIER_LIST
    yield Batch("disability_certificates", f"持证残疾人花名册{label(earlier)}.xls", "html",
                [(None, [entry for entry in found if entry.values[issued] <= last_day(earlier)])],
                Style(date="compact", extras=("录入人",)))
    yield Batch("disability_certificates", f"持证残疾人花名册{label(city.last_month)}.xlsx", "xlsx",
                [("持证残疾人", found)], Style(date="iso", title=True, numbered=True, signature=True))


def health(city: City, rows: Source) -> Iterator[Batch]:
    """Settlements by quarter in two parts each, one quarter zipped; the rest as CSV with a BOM."""
    settled = forms()["medical_settlements"].place("settled_on")
    quarters: dict[int, list[Entry]] = {}
    for entry in rows("medical_settlements"):
        quarters.setdefault(month_of(entry.values[settled]) // 3, []).append(entry)
    for turn, quarter in enumerate(sorted(quarters)):
        for number, part in enumerate(halves(quarters[quarter]), 1):
            style = Style(date=("iso", "compact", "slashes")[turn % 3], money=("two_places", "plain")[turn % 2],
                          shuffled=number == 2, extras=("备注",))
            yield Batch("medical_settlements", f"费用结算/医疗结算{label(quarter * 3)}_{number}.csv", "csv_gb18030",
                        [(None, part)], style, archive="费用结算.zip" if turn == 1 else None)
    for table, name, date in (
        ("family_doctor_contracts", "家庭医生签约名册", "iso"), ("care_assessments", "失能等级评估结果", "slashes"),
        ("death_certificates", "死亡医学证明登记", "with_time"),
    ):
        yield Batch(table, f"{name}.csv", "csv_utf8_bom", [(None, list(rows(table)))], Style(date=date))


def housing(city: City, rows: Source) -> Iterator[Batch]:
    """A ledger in two heading rows, one in tab-separated text called .xls with 万元, and the land register."""
    yield Batch("housing_security", "住房保障对象名册.xlsx", "xlsx",
                [("保障对象", list(rows("housing_security")))],
                Style(date="dots", two_rows=True, title=True, numbered=True, signature=True))
    yield Batch("dangerous_houses", "危房治理台账.xls", "tsv_gb18030", [(None, list(rows("dangerous_houses")))],
                Style(date="chinese", units={"subsidy_paid": "wan"}, title=True, total="subsidy_paid",
                      extras=("备注",)))
    early, late = halves(rows("properties"))
    yield Batch("properties", "不动产/不动产登记信息_1.csv", "csv_gb18030", [(None, early)], Style(date="iso"))
    yield Batch("properties", "不动产/不动产登记信息_2.csv", "csv_utf8_bom", [(None, late)],
                Style(date="compact", shuffled=True, extras=("备注",)))
