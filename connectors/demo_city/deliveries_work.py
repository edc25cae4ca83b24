"""The files of Human Resources and Social Security: database views in parts, DBF lists, ledgers by hand."""

from collections.abc import Iterator

from connectors.demo_city.batch import Batch, Source, by_month, halves, label, turn
from connectors.demo_city.city import City
from connectors.demo_city.exports import Entry
from connectors.demo_city.layout import Style

ITEM_CODES = {"month": "AAE003", "name": "AAC003", "id_no": "AAC002", "employer": "AAB004", "base": "AAE180"}
ZIPPED_MONTHS = (8, 9)
ROUNDED_MONTH = 3  # of the year: that month's rural pensions came from a system that keeps numbers as doubles
ROUNDED_SHARE = 25


def hr_social_security(city: City, rows: Source) -> Iterator[Batch]:
    """Contributions and pensions by month, the rest in few files."""
    yield from _referrals(rows)
    yield Batch("job_seeking", "求职登记.txt", "tsv_utf16", [(None, list(rows("job_seeking")))],
                Style(date="slashes", shuffled=True, extras=("备注",)))
    for number, part in enumerate(halves(rows("employment")), 1):
        yield Batch("employment", f"就业登记/就业登记信息_{number}.csv", "csv_gb18030", [(None, part)],
                    Style(date=("iso", "compact")[number - 1], extras=("录入人",)))
    yield from _contributions(city, rows)
    yield from _training(city, rows)
    yield from _pensions(city, rows)


def _referrals(rows: Source) -> Iterator[Batch]:
    early, late = halves(rows("job_referrals"))
    yield Batch("job_referrals", "职业介绍/职业介绍登记表（一）.xlsx", "xlsx", [("登记表", early)],
                Style(date="dots", title=True, numbered=True, signature=True, repeat_every=50))
    yield Batch("job_referrals", "职业介绍/职业介绍登记表（二）.csv", "csv_utf8_bom", [(None, late)],
                Style(date="loose", shuffled=True, extras=("备注",)))


def _contributions(city: City, rows: Source) -> Iterator[Batch]:
    for month, found in by_month(rows("contributions")):
        place = turn(city, month)
        style = Style(month=("compact", "iso", "compact")[place % 3], headings=ITEM_CODES if place % 4 == 1 else {},
                      money=("plain", "two_places")[place % 2])
        if place == 11:
            yield Batch("contributions", f"社保缴费/缴费明细{label(month)}.parquet", "parquet", [(None, found)],
                        Style(month="compact", bare=True))
            continue
        archive = "社保缴费/社保缴费明细（两个月）.zip" if place in ZIPPED_MONTHS else None
        folder = "缴费" if archive else "社保缴费"
        yield Batch("contributions", f"{folder}/社会保险缴费明细{label(month)}.csv", "csv_gb18030", [(None, found)],
                    style, archive=archive)


def _training(city: City, rows: Source) -> Iterator[Batch]:
    found = list(rows("training"))
    numeric = [entry for entry in found if _by_chance(city, entry) and entry.person % 2]
    text = [entry for entry in found if not (_by_chance(city, entry) and entry.person % 2)]
    yield Batch("training", "职业技能培训花名册A.xlsx", "xlsx", [("培训", numeric)],
                Style(date="cell", title=True, numeric_ids="excel"))
    yield Batch("training", "职业技能培训花名册B.xlsx", "xlsx", [("一班", text)],
                Style(date="chinese", two_rows=True, signature=True))


def _by_chance(city: City, entry: Entry) -> bool:
    return entry.person not in city.careful


def _pensions(city: City, rows: Source) -> Iterator[Batch]:
    style = Style(date="cell", month="compact", money="cell", bare=True)
    for month, found in by_month(rows("pensions")):
        aside: list[Entry] = []
        if turn(city, month) == ROUNDED_MONTH:
            aside = [entry for entry in found if entry.person % ROUNDED_SHARE == 0 and _by_chance(city, entry)
                     and len(entry.values[2]) == 18 and entry.values[2].isdigit()]
            yield Batch("pensions", f"养老待遇/居保补发{label(month)}.dbf", "dbf", [(None, aside)],
                        Style(date="cell", month="compact", money="cell", bare=True, numeric_ids="double"))
        taken = {id(entry) for entry in aside}
        yield Batch("pensions", f"养老待遇/待遇发放{label(month)}.dbf", "dbf",
                    [(None, [entry for entry in found if id(entry) not in taken])], style)
