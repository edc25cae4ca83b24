"""Mail that comes back: each notice counts once, for the letter it quotes and for nothing else."""

from base64 import b64encode

import pytest

from reports.delivery.bounces import new_bounces
from reports.delivery.ledger import BOUNCED, SENT, Entry, Ledger, standing
from tests.flows.delivery.desk import MONTH, deliver, ledger, states

REPORT = """\
From: {sender}
To: bangfu@city.example
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

Could not be delivered.
--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.city.example

Final-Recipient: rfc822; health@city.example
Action: {action}
Status: {status}

--cut
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: x
--cut--
"""
PLAIN = "From: {sender}\nTo: bangfu@city.example\nSubject: 退信\n\n您的邮件 {message_id} 无法送达。\n"
ENCODED = """\
Return-Path: <>
From: service@mail.city.example
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

{message_id}
"""


def put(home, name, form, message_id, **about):
    folder = home.root / "bounces" / "new"
    folder.mkdir(parents=True, exist_ok=True)
    told = {"sender": "MAILER-DAEMON@mail.city.example", "action": "failed", "status": "5.1.1"} | about
    if form is ENCODED:
        message_id = b64encode(f"您的邮件 {message_id} 无法送达".encode()).decode()
    (folder / name).write_text(form.format(message_id=message_id, **told), encoding="utf-8")


def id_of(home, recipient):
    return [entry["message_id"] for entry in ledger(home) if entry["recipient"] == recipient][-1]


@pytest.mark.parametrize(
    ("form", "why"), [(REPORT, "退信(5.1.1)"), (PLAIN, "退信(原因见退信)"), (ENCODED, "退信(原因见退信)")]
)
def test_a_letter_that_came_back_is_said_and_sent_again_on_request_once(home, mailbox, form, why):
    assert deliver(home) == 0
    put(home, "1.eml", form, id_of(home, "health"))
    (bounced,) = new_bounces(Ledger(home), home)
    assert (bounced.recipient, bounced.state, bounced.why) == ("health", BOUNCED, why)
    assert deliver(home) == 0
    assert len(mailbox.of("health@city.example")) == 2
    assert deliver(home) == 0
    assert len(mailbox.letters) == 4
    assert states(home) == dict.fromkeys(("office", "health", "玉山镇"), "sent")


@pytest.mark.parametrize(
    ("form", "about"),
    [
        (REPORT, {"action": "delayed", "status": "4.4.1"}),
        (REPORT, {"action": "delivered", "status": "2.0.0"}),
        (PLAIN, {"sender": "health@city.example"}),
        (REPORT, {"message_id": "<bangfu." + "0" * 40 + "@city.example>"}),
        (REPORT, {"message_id": "<other@city.example>"}),
    ],
)
def test_what_is_no_failure_of_ours_changes_nothing(home, mailbox, form, about):
    assert deliver(home) == 0
    put(home, "1.eml", form, **{"message_id": id_of(home, "health"), **about})
    assert deliver(home) == 0
    assert len(mailbox.letters) == 3


def test_a_late_bounce_of_an_edition_replaced_since_does_not_count():
    sent = Entry(MONTH, "health", SENT, "<old>")
    newer = Entry(MONTH, "health", SENT, "<new>")
    bounced = Entry(MONTH, "health", BOUNCED, "<old>", bounce="x")
    assert standing([sent, bounced]) == [bounced]
    assert standing([sent, newer, bounced]) == [newer]
