"""Protected people: no community anywhere, theirs or their family's, and no mistake gives half the list away."""

import pytest
from openpyxl import load_workbook

from reports.headings import heading_of
from reports.monthly import write_month
from reports.protected_list import read_protected
from reports.session import Request, open_session
from tests.reports.conftest import NUMBERS, small_city
from tests.reports.published import ISSUED, JUNE, SECRET, City, publish
from tests.reports.reopened import Reopened, all_text
from warehouse.errors import BangfuError

SECRET_PLACE = "某某社区"
COMMUNITY = heading_of("community").zh


def listed_city() -> City:
    city = small_city()
    row_id = city.written(2, 200, "P50", "钱某", NUMBERS["P39"])
    city.person("P50", "钱某", NUMBERS["P39"])
    for person, row, relation in (("P50", row_id, "head"), ("P1", row_id + 1, "child")):
        city.on_roster(row, person, JUNE, "F50", town="玉山镇", community=SECRET_PLACE, relation=relation)
    city.finding("f50", "family_doctor_gap", "P50", "no_contract", [(row_id, JUNE, "在册")], family="F50")
    city.finding("f51", "work_refusal", "P50", "six_months", [(row_id, JUNE, "在册")], family="F50", bar=False)
    city.finding("f52", "dangerous_house", None, "untreated", [(row_id, JUNE, "在册")], family="F50")
    city.person("P60", "钱某", None)
    city.possible_same += [("P50", "P60"), ("P60", "P50")]
    return city


def books(folder, protected: frozenset[str]):
    database = publish(listed_city(), folder / "full.duckdb")
    paths = write_month(database, folder / "out", JUNE, secret=SECRET, issued_on=ISSUED, protected=protected)
    return {path.name: load_workbook(path) for path in paths}


def test_the_community_is_nowhere_and_the_rest_stays(tmp_path):
    told = books(tmp_path, frozenset({"P50"}))
    assert not [name for name, book in told.items() if SECRET_PLACE in all_text(book)]
    gaps = Reopened(told["例外清单_health_2026-06.xlsx"]["家庭医生签约缺口"]).rows
    (row,) = (row for row in gaps if row["姓名"] == "钱某")
    assert (row[COMMUNITY], row["区镇"]) == (None, "玉山镇")


@pytest.mark.parametrize("entry", [NUMBERS["P39"].lower(), " p50 ", "P60", "P1"])
def test_a_person_is_found_however_named_and_protects_the_family_and_possible_selves(tmp_path, entry):
    request = Request(JUNE, ISSUED, ISSUED, SECRET, protected=frozenset({entry}))
    with open_session(publish(listed_city(), tmp_path / "full.duckdb"), request) as connection:
        told = connection.execute(
            "select finding_id, community from temp.subject where finding_id like 'f5_'"
        ).fetchall()
    assert dict(told) == {"f50": None, "f51": None, "f52": None}


def test_without_a_list_the_community_is_shown(tmp_path):
    told = books(tmp_path, frozenset())
    assert SECRET_PLACE in all_text(told["例外清单_health_2026-06.xlsx"])
    assert SECRET_PLACE in all_text(told["区镇清单_玉山镇_2026-06.xlsx"])


def test_the_list_is_read_from_both_files(tmp_path):
    assert read_protected(tmp_path) == frozenset()
    (tmp_path / "protected.toml").write_text('people = ["P1", " 320583198005050021 "]', encoding="utf-8")
    (tmp_path / "protected.csv").write_bytes(
        "证件号码,备注\r\n'32058319800505003X,证人\r\n\r\nP7\r\n".encode("gb18030")
    )
    assert read_protected(tmp_path) == {"P1", "320583198005050021", "32058319800505003X", "P7"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("protected.toml", "people = [320583198005050021]"), ("protected.toml", "persons = []"),
     ("protected.toml", 'people = ["P1"'), ("protected.csv", "身份证号\n3.20583E+17\n")],
)  # fmt: skip
def test_a_list_that_cannot_be_read_as_a_whole_is_refused_without_a_value(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(BangfuError) as refused:
        read_protected(tmp_path)
    assert "3205" not in str(refused.value)
    assert "P1" not in str(refused.value)


def test_an_entry_that_names_nobody_is_told_without_repeating_it(tmp_path, caplog):
    request = Request(JUNE, ISSUED, ISSUED, SECRET, protected=frozenset({"P50", "320583199912319999"}))
    with open_session(publish(listed_city(), tmp_path / "full.duckdb"), request):
        pass
    assert "1 项没有对上任何人" in caplog.text
    assert "3205" not in caplog.text
