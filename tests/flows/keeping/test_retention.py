"""What has been kept long enough goes, down to its bytes; what somebody still needs stays."""

import os
from datetime import date, datetime

import pytest

from flows.audit_log import audit_log
from flows.cli import main
from flows.keeping import rebuild
from flows.keeping.retention import apply, plan
from flows.nightly import nightly
from tests.connectors.small_home import number
from tests.flows.keeping.office import (
    FREE,
    HELPED,
    JUNE,
    LONG_AFTER,
    NAMES,
    PHONES,
    REPLACED,
    ask,
    conserved,
    files_with,
)
from warehouse.connection import connect

GONE = (NAMES[REPLACED], number(REPLACED), PHONES[REPLACED])


def counts(due):
    return {one.term.name: one.count for one in due if one.count}


def write(settings, statement, *values):
    """Write into the working file as a night that took an answer in would have."""
    with connect(settings.home.work_database) as connection:
        connection.execute(statement, list(values))
        connection.execute("checkpoint")


def test_replaced_rows_go_after_their_time_and_leave_no_byte(office):
    assert files_with(office, *GONE)
    assert counts(apply(office, date.today())) == {}

    published = office.home.full_database.read_bytes()
    told = counts(plan(office, LONG_AFTER))
    assert told["superseded_rows"] == 5 and told["closed_deliveries"] == 2
    assert office.home.full_database.read_bytes() == published and files_with(office, *GONE)

    assert counts(apply(office, LONG_AFTER)) == told
    assert counts(plan(office, LONG_AFTER)) == {}
    assert files_with(office, *GONE) == []
    assert conserved(office)
    ((reason, rows_in, loaded),) = ask(
        office, "select reason, rows_in, rows_loaded from raw.delivery where source_file = '签约05.csv'"
    )
    assert "已删除：按保留期限5行，最近一次2031-01-01" in reason and (rows_in, loaded) == (6, 0)
    assert ask(office, "select count(*) from mart.person where name = ?", NAMES[REPLACED]) == [(0,)]
    assert not nightly(office, as_of=JUNE).published


@pytest.mark.parametrize("part", ["publish_again", "publish"])
def test_a_deletion_that_was_killed_is_finished_by_the_next_night(office, monkeypatch, part):
    def die(*arguments):
        raise KeyboardInterrupt

    module = "flows.keeping.retention" if part == "publish_again" else rebuild.__name__
    monkeypatch.setattr(f"{module}.{part}", die)
    with pytest.raises(KeyboardInterrupt):
        apply(office, LONG_AFTER)
    monkeypatch.undo()
    assert nightly(office, as_of=JUNE).published
    assert files_with(office, *GONE) == []
    assert conserved(office)


def test_a_home_may_let_every_night_delete(office):
    (office.home.root / "retention.toml").write_text("nightly = true\n[superseded_rows]\ndays = 1\n", "utf-8")
    write(office, "update raw.delivery set received_at = received_at - interval 3 day")
    assert nightly(office, as_of=JUNE).published
    assert ask(office, "select removed_rows from raw.removal") == [(5,)]


def test_a_record_that_an_answer_is_about_stays(office):
    ((identity,),) = ask(office, "select identity_id from identity.identity where name = ?", NAMES[REPLACED])
    write(
        office,
        "insert into identity.judgement values (?, ?, 'same', '核对人', ?)",
        f"identity:{identity}",
        f"number:{number(REPLACED)}",
        datetime(2026, 6, 30),
    )
    assert counts(plan(office, LONG_AFTER))["superseded_rows"] == 4


def test_who_was_told_something_lately_may_object_on_all_records(office):
    ((person,),) = ask(office, "select person_id from mart.person where id_no = ?", number(HELPED))
    write(
        office,
        "insert into findings.history select finding_id, ?, '已通知', '核对人', '' from findings.known "
        "where person_id = ? limit 1",
        datetime(2031, 1, 1),
        person,
    )
    assert counts(plan(office, date(2031, 2, 1)))["superseded_rows"] == 4
    assert counts(plan(office, date(2031, 4, 1)))["superseded_rows"] == 5


def test_old_records_of_people_nobody_looks_after_go_where_the_home_says_so(office):
    (office.home.root / "retention.toml").write_text("[left_rows]\nmonths = 12\n", encoding="utf-8")
    assert "left_rows" not in counts(plan(office, date(2027, 12, 30)))  # the contracts ran to the end of 2026
    apply(office, LONG_AFTER)
    left = {held for (held,) in ask(office, "select id_no from mart.person")}
    asked = ask(
        office,
        "select person.id_no from mart.identity_review as review join mart.person as person "
        "on person.person_id in (review.person_id, review.other_person_id)",
    )
    assert number(FREE) not in left and number(HELPED) in left
    assert left - {number(HELPED)} <= {held for (held,) in asked}
    assert conserved(office)


def aged(file, day):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x")
    moment = datetime.combine(day, datetime.min.time()).timestamp()
    os.utime(file, (moment, moment))
    return file


def test_files_go_by_their_month_or_their_age(office):
    home, today = office.home, date(2026, 12, 1)
    old = [
        aged(home.outbox / "2023-11" / "区镇" / "a.xlsx", date(2026, 11, 30)),
        aged(home.warehouse / "replay-2026-03-31.duckdb", date(2026, 11, 1)),
        aged(home.outbox / "本人信息" / "P1.txt", date(2026, 11, 1)),
        aged(home.logs / "2026-01-01.log", date(2026, 1, 1)),
        aged(home.root / "bounces" / "new" / "1", date(2026, 1, 1)),
    ]
    young = [
        aged(home.outbox / "2023-12" / "a.xlsx", date(2020, 1, 1)),
        aged(home.outbox / "说明" / "a.xlsx", date(2020, 1, 1)),
        aged(home.warehouse / "replay-2026-04-30.duckdb", date(2026, 11, 2)),
        aged(home.logs / "2026-06-01.log", date(2026, 6, 1)),
        aged(home.logs / "audit.jsonl.torn", date(2020, 1, 1)),
    ]
    apply(office, today)
    assert [file for file in old if file.exists()] == []
    assert [file for file in young if not file.exists()] == []
    assert not (home.outbox / "2023-11").exists()
    assert audit_log(home).file.exists()


def test_the_original_goes_before_the_rows_that_say_the_same(office):
    (office.home.root / "retention.toml").write_text("[superseded_rows]\nmonths = 90\n[originals]\ndays = 1\n", "utf-8")
    apply(office, LONG_AFTER)
    shas = dict(ask(office, "select source_file, sha256 from raw.delivery"))
    kept = {name for name, sha in shas.items() if (office.home.archive / sha[:2] / sha).exists()}
    evidence = {name for (name,) in ask(office, "select distinct source_file from mart.finding_evidence")}
    assert kept == evidence and kept < shas.keys()
    assert len(list((office.home.archive / "rows").glob("*.parquet"))) == len(shas)


def test_the_command_says_what_would_go_and_deletes_only_on_demand(office, capsys):
    arguments = ["retention", "--home", str(office.home.root), "--quiet"]
    aged(office.home.logs / "2020-01-01.log", date(2020, 1, 1))
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "logs/2020-01-01.log" in told and "本项目的选择" in told
    assert (office.home.logs / "2020-01-01.log").exists()
    assert main([*arguments, "--apply"]) == 0
    assert not (office.home.logs / "2020-01-01.log").exists()
    assert [entry["counts"] for entry in audit_log(office.home).entries() if entry["event"] == "removing"] == [
        {"logs": 1}
    ]
