"""Each thing is told once over each channel, however often it is found, and again where it did not get through."""

import json
from datetime import date, datetime, timedelta

from flows.notices.ledger import FILE_NAME, open_ledger
from flows.notices.notice import Notice, no_night, run_failed
from flows.notices.notify import notify

FAILURE = run_failed("nightly", "收取文件:磁盘已满。处理办法:清理磁盘", date(2026, 11, 23))


def test_a_notice_goes_once_over_each_channel(home, hook, mailbox):
    assert notify(home, lambda: [FAILURE]) == []
    assert notify(home, lambda: [FAILURE]) == []
    (post,) = hook.posts
    (letter,) = mailbox.of("it@city.example")
    assert post["subject"] == "运行失败(nightly)" and "磁盘已满" in post["text"]
    assert letter["Subject"] == "帮扶通知:运行失败(nightly)" and "磁盘已满" in letter.get_content()
    assert post["id"] in letter["Message-ID"]


def test_the_same_failure_the_next_day_and_another_failure_the_same_day_are_told(home, hook):
    others = [run_failed("nightly", "别的原因", date(2026, 11, 23)), run_failed("nightly", "x", date(2026, 11, 24))]
    for one in (FAILURE, *others):
        notify(home, lambda one=one: [one])
    assert len(hook.posts) == 3


def test_one_new_occasion_among_known_ones_is_enough_and_none_is_too_few(home, hook):
    for occasions in (("a", "b"), ("b",), ("b", "c"), ("a", "c")):
        notify(home, lambda occasions=occasions: [Notice("late", "x", " ".join(occasions), occasions)])
    assert [post["text"] for post in hook.posts] == ["a b", "b c"]


def test_a_channel_that_is_down_gets_it_later_and_the_other_at_once(home, hook, mailbox):
    hook.answers = [503] * 3
    (fault,) = notify(home, lambda: [FAILURE])
    assert fault.startswith("webhook") and "503" in fault
    assert hook.posts == [] and len(mailbox.letters) == 1
    assert notify(home, lambda: []) == []
    assert len(hook.posts) == 1 and len(mailbox.letters) == 1


def test_a_short_fault_is_bridged_by_trying_again(home, hook):
    hook.answers = [500, 429]
    assert notify(home, lambda: [FAILURE]) == []
    assert len(hook.posts) == 1


def test_what_is_refused_for_good_is_not_tried_again_at_once_and_holds_nothing_else_back(home, hook):
    hook.answers = [404]
    assert len(notify(home, lambda: [FAILURE, no_night(None, 30)])) == 1
    assert hook.answers == [] and hook.subjects() == ["夜间运行没有按时完成"]


def test_a_redirect_is_not_followed_with_the_secret(home, hook):
    hook.answers = [302]
    (fault,) = notify(home, lambda: [FAILURE])
    assert "302" in fault and hook.posts == []


def test_the_secret_travels_in_the_header_alone(home, hook, caplog):
    (home.root / "hook-secret.txt").write_text("s3cret-value\n")
    (home.root / "hook-secret.txt").chmod(0o600)
    with (home.root / "notices.toml").open("a") as settings:
        settings.write('secret_file = "hook-secret.txt"\n')
    assert notify(home, lambda: [FAILURE]) == []
    assert hook.headers[0]["Authorization"] == "Bearer s3cret-value"
    assert "s3cret" not in json.dumps(hook.posts) + caplog.text + (home.warehouse / FILE_NAME).read_text()


def test_a_mail_server_that_is_gone_is_said_and_nothing_fails(home, hook):
    (home.root / "delivery.toml").write_text(
        (home.root / "delivery.toml").read_text().replace("port = ", "port = 1 # ")
    )
    (fault,) = notify(home, lambda: [FAILURE])
    assert fault.startswith("mail:admin") and "it@city.example" not in fault
    assert len(hook.posts) == 1


def test_settings_that_cannot_be_used_and_occasions_that_fail_are_said(home, hook):
    def fail():
        raise ValueError("欧阳金丝雀")

    (fault,) = notify(home, fail)
    assert "ValueError" in fault and "金丝雀" not in fault
    (home.root / "notices.toml").write_text("[mail")
    (fault,) = notify(home, lambda: [FAILURE])
    assert "notices.toml" in fault and hook.posts == []


def test_without_settings_nothing_is_asked_or_written(home):
    (home.root / "notices.toml").unlink()

    def never():
        raise AssertionError

    assert notify(home, never) == []
    assert not (home.warehouse / FILE_NAME).exists()


def test_a_torn_line_is_overwritten_and_what_was_known_stays_known(home, hook):
    notify(home, lambda: [FAILURE])
    file = home.warehouse / FILE_NAME
    with file.open("a") as ledger:
        ledger.write('{"at": "2026-1')
    notify(home, lambda: [FAILURE, no_night(None, 30)])
    assert len(hook.posts) == 2
    assert all(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())


def test_a_line_that_is_none_of_ours_is_said_and_left_as_it_is(home, hook):
    file = home.warehouse / FILE_NAME
    file.write_text("what?\n")
    (fault,) = notify(home, lambda: [FAILURE])
    assert FILE_NAME in fault and file.read_text() == "what?\n" and hook.posts == []


def test_after_a_week_a_notice_is_given_up_and_a_channel_added_later_gets_no_old_ones(home):
    now = datetime(2026, 11, 23, 3)
    with open_ledger(home) as ledger:
        assert ledger.raise_notice(FAILURE, ("webhook",), now)
    with open_ledger(home) as ledger:
        assert [one.channel for one in ledger.waiting(("webhook", "mail:new"), now + timedelta(days=7))] == ["webhook"]
        assert ledger.waiting(("mail:new",), now) == []
        assert ledger.waiting(("webhook",), now + timedelta(days=7, seconds=1)) == []
