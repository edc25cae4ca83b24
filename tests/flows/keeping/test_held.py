"""Everything that is held about one person, and nobody else's data, in a file that names nobody outside."""

import stat

import pytest

from flows.audit import person_mark
from flows.audit_log import audit_log
from flows.cli import main
from tests.connectors.small_home import number
from tests.flows.keeping.office import FREE, HELPED, NAMES, PHONES, REPLACED, ask


def held(settings, person, capsys):
    status = main(["held", person, "--home", str(settings.home.root), "--quiet"])
    told = capsys.readouterr()
    reports = sorted((settings.home.outbox / "本人信息").glob("*")) if status == 0 else []
    return status, told.out + told.err, reports


def test_a_report_holds_every_cell_of_the_person_and_of_nobody_else(office, capsys):
    status, told, (report,) = held(office, f"{NAMES[REPLACED]} 1985-01-01", capsys)
    text = report.read_text(encoding="utf-8")
    assert status == 0
    for value in (NAMES[REPLACED], number(REPLACED), PHONES[REPLACED], "2026-01-05", "2026-12-31", f"team{REPLACED}"):
        assert value in text
    assert "签约05.csv 第 3 行" in text and "已被后来的交付取代" in text
    for serial in (HELPED, FREE):
        assert number(serial) not in text and NAMES.get(serial, f"name{serial}") not in text


def test_the_file_is_for_its_owner_alone_and_names_nobody(office, capsys):
    _, told, (report,) = held(office, number(FREE), capsys)
    assert stat.S_IMODE(report.stat().st_mode) == 0o600 and stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    assert NAMES[FREE] not in told + report.name and number(FREE) not in told + report.name
    text = report.read_text(encoding="utf-8")
    assert "在别人的记录里(作为户主)】\n  民政局 名册05.csv 第 2 行" in text


def test_the_log_says_that_somebody_was_looked_up_but_not_whom(office, capsys):
    ((person,),) = ask(office, "select person_id from mart.person where name = ?", NAMES[FREE])
    held(office, person, capsys)
    log = audit_log(office.home)
    (entry,) = [entry for entry in log.entries() if entry["event"] == "held"]
    assert entry["people"] == [person_mark(office.home, person)]
    content = log.file.read_text(encoding="utf-8")
    assert person not in content and NAMES[FREE] not in content and number(FREE) not in content


@pytest.mark.parametrize("given", ["name9999", "320583198501019999"])
def test_who_is_not_known_is_not_repeated(office, capsys, given):
    status, told, _ = held(office, given, capsys)
    assert status == 1 and given not in told


def test_a_workbook_that_names_the_person_is_told_with_its_pages(office, capsys):
    assert main(["monthly", "--month", "2026-06", "--home", str(office.home.root), "--quiet"]) == 0
    _, _, (report,) = held(office, number(HELPED), capsys)
    text = report.read_text(encoding="utf-8")
    assert "2026-06 的核对清单:" in text
    assert "2026-06/例外清单_civil_affairs_2026-06.xlsx:" in text and "写出" in text
    assert "例外清单_housing" in text or "例外清单_health" in text
