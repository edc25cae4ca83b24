"""A person's data goes for good where nothing needs it, and stays, with the reasons said, where something does."""

import shutil
from datetime import datetime

import pytest

from flows.audit_log import audit_log
from flows.cli import main
from flows.keeping import forget as forgetting
from flows.keeping.forgotten import forgotten_file
from flows.nightly import nightly
from tests.connectors.small_home import number
from tests.flows.keeping.office import DOCTORS, FREE, HELPED, JUNE, NAMES, PHONES, ask, conserved, doctors, files_with
from warehouse.connection import connect

GONE = (NAMES[FREE], number(FREE), PHONES[FREE])
REASON = ["--because", "本人申请,已无需要", "--by", "经办人甲"]


def forget(settings, person, *more):
    return main(["forget", person, *REASON, *more, "--home", str(settings.home.root), "--quiet"])


def others(settings):
    return ask(
        settings,
        f"select name, id_no, phone, source_row from staging.{DOCTORS} where name <> ? order by all",
        NAMES[FREE],
    )


def test_who_nothing_needs_goes_from_every_file_and_the_others_stay(office, capsys):
    before = others(office)
    report = office.home.outbox / "2026-06"
    report.mkdir()
    (office.home.warehouse / "replay-2026-05-31.duckdb").write_bytes(office.home.full_database.read_bytes())
    assert files_with(office, *GONE)
    assert forget(office, number(FREE)) == 0
    assert files_with(office, *GONE) == []
    assert others(office) == before
    assert conserved(office)
    assert ask(office, "select distinct head_id_no from staging.assistance_roster") == [(None,)]
    told = capsys.readouterr()
    assert "已删除 2 行记录" in told.out and "1 个回放数据库" in told.out and "收件目录" in told.out
    assert not any(word in told.out + told.err for word in GONE)

    # The same content under another name does not bring them back; a new file does.
    shutil.copy(office.home.inbox / "health" / "签约06.csv", office.home.inbox / "health" / "再报.csv")
    (office.home.inbox / "health" / "签约07.csv").write_bytes(doctors(HELPED, FREE))
    nightly(office, as_of=JUNE)
    places = "select source_file from mart.identity_link join mart.person using (person_id) where id_no = ?"
    assert ask(office, places, number(FREE)) == [("签约07.csv",)]


def test_a_restored_warehouse_forgets_again(office, tmp_path):
    shutil.copytree(office.home.root, tmp_path / "backup")
    assert forget(office, number(FREE)) == 0
    forgotten = forgotten_file(office.home).read_bytes()
    shutil.rmtree(office.home.root)
    shutil.copytree(tmp_path / "backup", office.home.root)
    assert files_with(office, *GONE)
    forgotten_file(office.home).write_bytes(forgotten)
    nightly(office, as_of=JUNE)
    assert files_with(office, *GONE) == []
    assert conserved(office)


def test_a_deletion_killed_after_its_list_was_written_is_finished_by_the_next_night(office, monkeypatch):
    def die(*arguments, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(forgetting, "erase", die)
    assert forget(office, number(FREE)) == 1
    monkeypatch.undo()
    assert files_with(office, *GONE)
    nightly(office, as_of=JUNE)
    assert files_with(office, *GONE) == []


def refusal(office, capsys, person, *more):
    before = office.home.full_database.read_bytes()
    assert forget(office, person, *more) == 1
    assert office.home.full_database.read_bytes() == before and not forgotten_file(office.home).exists()
    return capsys.readouterr().err


def test_who_is_helped_stays_and_is_told_why(office, capsys):
    told = refusal(office, capsys, number(HELPED))
    assert "现在是救助对象" in told and "没有办结的核对事项" in told


def test_who_was_answered_lately_stays_until_objecting_is_over(office, capsys):
    ((person,),) = ask(office, "select person_id from mart.person where id_no = ?", number(FREE))
    with connect(office.home.work_database) as connection:
        connection.execute(
            "insert into findings.known by name select 'F1' as finding_id, 'conflict' as rule, '' as condition, "
            "? as person_id, '不属实' as state, '' as evidence_hash, false as is_present, date '2026-01-01' as "
            "first_seen_on, date '2026-01-01' as last_seen_on, '' as rule_version",
            [person],
        )
        connection.execute("insert into findings.history values ('F1', ?, '不属实', '核对人', '')", [datetime.now()])
    assert "60 天内可以提出异议" in refusal(office, capsys, number(FREE))


def test_rows_that_only_may_be_theirs_are_left_to_people(office, capsys):
    without_number = doctors(FREE).decode().replace(number(FREE), "").encode()
    (office.home.inbox / "health" / "补充.csv").write_bytes(without_number)
    nightly(office, as_of=JUNE)
    person = ask(office, "select person_id from mart.person where id_no = ?", number(FREE))[0][0]
    probable = ask(office, "select count(*) from mart.identity_link where person_id = ? and not certain", person)
    assert probable == [(1,)]
    assert "只是可能属于此人" in refusal(office, capsys, person)
    assert forget(office, person, "--with-probable") == 0
    assert files_with(office, *GONE) == []


@pytest.mark.parametrize("word", [NAMES[FREE], number(FREE)])
def test_a_reason_that_names_the_person_is_not_kept(office, capsys, word):
    told = refusal(office, capsys, number(FREE), "--because", f"{word} 申请")
    assert "理由里写了此人" in told and word not in told
    assert word not in audit_log(office.home).file.read_text(encoding="utf-8")
