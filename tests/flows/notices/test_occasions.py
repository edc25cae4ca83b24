"""What a night, a month and a look from outside find to tell; in numbers, without a file's or a person's name."""

import shutil
from datetime import date, datetime, timedelta

import pytest

from flows.cli import main
from flows.nightly import nightly
from flows.notices import occasions
from flows.notices.notify import notify
from flows.notices.occasions import after_month, after_night, last_night, mark_night, missing_night
from flows.settings import read_settings
from reports.delivery.ledger import BOUNCED, SENT, Entry, Ledger
from reports.late import read_rhythm
from warehouse.connection import connect
from warehouse.home import Home

CREMATIONS = "死者姓名,死者身份证号,性别,死亡日期,火化日期\n欧阳金丝雀,320583198501010012,男,2024-03-01,2024-03-03\n"
RHYTHM = "[civil_affairs]\ndeaths = { every_days = 30 }\n"


def command(home, *arguments):
    return main([arguments[0], "--home", str(home.root), "--quiet", *arguments[1:]])


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """One good file, one that is refused and bears a person's name; of the rhythm only deaths are the home's own."""
    home = Home(tmp_path_factory.mktemp("night") / "home")
    home.prepare()
    (home.inbox / "civil_affairs" / "火化.csv").write_text(CREMATIONS, encoding="utf-8")
    (home.inbox / "health" / "欧阳金丝雀.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (home.root / "rhythm.toml").write_text(RHYTHM)
    nightly(read_settings(home.root), as_of=date(2024, 6, 30))
    return home


@pytest.fixture
def published(night, home):
    """A home that tells, with that night behind it."""
    shutil.copytree(night.root, home.root, dirs_exist_ok=True)
    return home


def test_refusals_are_counted_by_department(published):
    found = {one.kind: one for one in after_night(published, date.today())}
    assert "health:1 份" in found["refused"].text
    assert "金丝雀" not in found["refused"].text + found["refused"].subject + "".join(found["refused"].occasions)


def test_a_refusal_is_told_once_however_many_nights_find_it_and_a_further_one_again(published, hook):
    for _ in range(2):
        assert command(published, "nightly", "--as-of", "2024-06-30") == 3
    assert hook.subjects().count("有数据未能接收") == 1
    (published.inbox / "housing" / "y.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert command(published, "nightly", "--as-of", "2024-06-30") == 3
    assert hook.subjects().count("有数据未能接收") == 2
    assert "金丝雀" not in str(hook.posts)


def test_a_failed_night_is_told_with_its_reason(published, hook, capsys):
    broken = published.policy / "parameters" / "broken.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("broken =")
    assert command(published, "nightly", "--as-of", "2024-07-31") == 1
    assert hook.subjects() == ["运行失败(nightly)"]
    assert "broken.toml" in hook.posts[0]["text"]
    assert last_night(published) is None
    hook.answers = [404]
    broken.write_text("otherwise broken =")
    assert command(published, "nightly", "--as-of", "2024-08-31") == 1
    assert "通知没有送出" in capsys.readouterr().err


def test_an_error_that_is_not_ours_is_told_without_its_message(home, hook, monkeypatch, capsys):
    def fail(*arguments, **named):
        raise ValueError("欧阳金丝雀")

    monkeypatch.setattr("flows.nightly.start_run", fail)
    assert command(home, "nightly") == 1
    assert "ValueError" in hook.posts[0]["text"]
    assert "金丝雀" not in str(hook.posts) + capsys.readouterr().err


def test_late_deliveries_are_those_past_their_day(published):
    with connect(published.full_database, read_only=True) as connection:
        ((received,),) = connection.execute(
            "select received_at::date from raw.delivery where source_table = 'deaths'"
        ).fetchall()

    def is_late(days):
        found = [one.text for one in after_night(published, received + timedelta(days)) if one.kind == "late"]
        return f"最近一期 {received}" in "".join(found)

    assert (is_late(30), is_late(31)) == (False, True)


def test_the_status_names_what_is_late(published, capsys):
    assert command(published, "status") == 0
    lines = capsys.readouterr().out.splitlines()
    below = lines[lines.index("【一周内应交和逾期的数据】") + 2 :]
    assert "civil_affairs | 救助对象花名册 | 从未收到 | — | 逾期" in below[: below.index("")]


def test_a_source_that_could_not_be_fetched_from_is_told_once_per_outage(published, hook, monkeypatch):
    for since in ("2026-11-22 02:30", "2026-11-22 02:30", "2026-11-25 02:30"):
        monkeypatch.setattr(occasions, "standing_faults", lambda home, since=since: {"exchange": (since, "连不上")})
        assert notify(published, lambda: after_night(published, date.today())) == []
    told = [post["text"] for post in hook.posts if post["subject"] == "有数据没有拉取到"]
    assert len(told) == 2 and "exchange" in told[0] and "2026-11-25" in told[1]


def test_mail_that_did_not_get_through_is_told_by_recipient(home):
    ledger = Ledger(home)
    ledger.add(Entry("2026-06", "office", SENT))
    assert list(after_month(home, date(2026, 6, 1))) == []
    ledger.add(Entry("2026-06", "health", BOUNCED, why="退信(5.1.1)"))
    ledger.add(Entry("2026-05", "housing", BOUNCED))
    (found,) = after_month(home, date(2026, 6, 1))
    assert "2026-06 health:退信" in found.text and "housing" not in found.text


def test_a_night_is_missed_after_the_hours_and_not_before(home):
    now = datetime(2026, 11, 23, 8)
    assert [one.kind for one in missing_night(home, 30, now)] == ["no_night"]
    mark_night(home, now)
    assert list(missing_night(home, 30, now + timedelta(hours=30))) == []
    assert [one.kind for one in missing_night(home, 30, now + timedelta(hours=30, seconds=1))] == ["no_night"]


def test_the_look_from_outside_tells_once_and_says_every_time(published, hook, capsys):
    for _ in range(2):
        assert command(published, "watch", "--check") == 3
    assert capsys.readouterr().out.count("还没有记录到成功的夜间运行") == 2
    assert hook.subjects().count("夜间运行没有按时完成") == 1


def test_the_look_from_outside_is_content_when_all_is_in_time(published, capsys):
    never = "".join(f"{table} = {{ expected = false }}\n" for table in read_rhythm(published.root) if table != "deaths")
    (published.root / "rhythm.toml").write_text(RHYTHM + never)
    mark_night(published, datetime.now() - timedelta(hours=29))
    for hours, status in ((28, 3), (30, 0)):
        (published.root / "notices.toml").write_text(f"hours_without_night = {hours}\n")
        assert command(published, "watch", "--check") == status
    assert capsys.readouterr().out.endswith("夜间运行和数据都按时\n")


def test_a_missing_night_is_told_even_where_the_rhythm_cannot_be_read(published, hook, capsys):
    (published.root / "rhythm.toml").write_text("[health")
    assert command(published, "watch", "--check") == 1
    assert hook.subjects() == ["夜间运行没有按时完成"]
    assert "rhythm.toml" in capsys.readouterr().err


def test_the_look_from_outside_at_an_empty_home(home, capsys):
    assert command(home, "watch", "--check") == 3
    assert "还没有记录到" in capsys.readouterr().out
