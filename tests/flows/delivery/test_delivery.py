"""E-mail against a real SMTP server: encrypted books alone, each content once, every refusal said."""

import os
import shutil
import signal
import subprocess
import sys
from io import BytesIO

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook

from flows.cli import main
from flows.settings import PROJECT
from tests.flows.delivery.desk import (
    ADDRESSES,
    BOOKS,
    MONTH,
    PERSON,
    deliver,
    ids,
    ledger,
    set_password,
    set_up,
    states,
    write_book,
)  # fmt: skip
from tests.reports.conftest import small_city
from tests.reports.published import publish


def test_each_recipient_gets_the_own_encrypted_book_once(home, mailbox):
    assert deliver(home) == 0
    assert sorted(address for address, _ in mailbox.letters) == sorted(ADDRESSES.values())
    for recipient, address in ADDRESSES.items():
        (letter,) = mailbox.of(address)
        (attachment,) = letter.iter_attachments()
        assert attachment.get_filename() == BOOKS[recipient].rpartition("/")[2]
        assert opened(attachment.get_content(), f"password of {recipient}") == PERSON
        assert PERSON not in letter["Subject"] + letter.get_body().get_content()
    assert len(set(ids(mailbox.of("office@city.example") + mailbox.of("health@city.example")))) == 2
    assert deliver(home) == 0
    assert len(mailbox.letters) == 3


def opened(content, password):
    book, readable = OOXMLFile(BytesIO(content)), BytesIO()
    book.load_key(password=password)
    book.decrypt(readable)
    return load_workbook(readable).active["A1"].value


def test_the_same_book_encrypted_anew_is_no_new_letter_and_a_changed_one_is(home, mailbox):
    assert deliver(home) == 0
    for recipient in ADDRESSES:
        write_book(home, recipient)
    assert deliver(home) == 0
    assert len(mailbox.letters) == 3
    write_book(home, "health", "另一个内容")
    assert deliver(home) == 0
    assert len(mailbox.letters) == 4
    assert len(set(ids(mailbox.of("health@city.example")))) == 2


def test_a_corrected_address_gets_the_book_too(home, mailbox, port):
    assert deliver(home) == 0
    set_up(home, port, recipients=ADDRESSES | {"health": "new@city.example"})
    assert deliver(home) == 0
    assert [address for address, _ in mailbox.letters[3:]] == ["new@city.example"]
    assert ids(mailbox.of("new@city.example")) != ids(mailbox.of("health@city.example"))


def test_nothing_readable_by_others_leaves_the_house(home, mailbox, capsys):
    (home.root / "passwords" / "office.txt").unlink()
    shutil.copy(PROJECT / "pyproject.toml", home.outbox / MONTH / BOOKS["health"])
    write_book(home, "玉山镇", password="password of somebody else")
    assert deliver(home) == 3
    assert mailbox.letters == []
    said = capsys.readouterr().out
    assert "邮件 office:不能寄:没有设口令" in said
    assert "邮件 health:不能寄:工作簿没有加密" in said
    assert "邮件 玉山镇:不能寄:现在的口令打不开" in said


def test_a_town_never_gets_the_book_of_a_town_with_a_like_name(home, mailbox):
    """`玉山/镇` would be looked for where the book of `玉山_镇` lies: its password does not open it."""
    set_password(home, "玉山_镇")
    (home.root / "passwords" / "玉山_镇.txt").write_text("password of another", encoding="utf-8")
    path = home.outbox / MONTH / f"区镇/区镇清单_玉山_镇_{MONTH}.xlsx"
    (home.outbox / MONTH / BOOKS["玉山镇"]).rename(path)
    set_up(home, 1, recipients={"玉山/镇": "a@city.example", "玉山_镇": "b@city.example"})
    assert deliver(home) == 3
    assert {entry["why"].split(",")[0][:6] for entry in ledger(home)} == {"没有设口令(", "现在的口令打"}


def test_refusals_name_the_recipient_and_the_code_and_are_tried_again(home, mailbox, capsys):
    mailbox.refuse["health@city.example"] = "550 5.1.1 <health@city.example> no such user"
    mailbox.refuse["office@city.example"] = "452 4.2.2 <office@city.example> mailbox full"
    mailbox.refuse_content["yushan@city.example"] = "554 5.7.1 content of yushan@city.example rejected"
    assert deliver(home) == 3
    said = capsys.readouterr().out
    assert "邮件 health:被拒收:收件地址被拒收(550 5.1.1)" in said
    assert "邮件 office:被拒收:收件地址暂时不收(452 4.2.2)" in said
    assert "邮件 玉山镇:被拒收:邮件被拒收(554 5.7.1)" in said
    mailbox.refuse.clear()
    mailbox.refuse_content.clear()
    assert deliver(home) == 0
    assert len(mailbox.letters) == 3


def test_one_refusal_keeps_nobody_else_waiting(home, mailbox):
    mailbox.refuse["office@city.example"] = "550 5.1.1 no such user"
    assert deliver(home) == 3
    assert states(home) == {"office": "refused", "health": "sent", "玉山镇": "sent"}


@pytest.mark.parametrize(("when", "copies"), [("before", 1), ("after", 2)])
def test_a_connection_lost_while_handing_over_is_sent_again_under_the_same_id(home, mailbox, capsys, when, copies):
    mailbox.drop["health@city.example"] = when
    assert deliver(home) == 3
    assert states(home)["health"] == "sending"
    assert "是否寄到不能确定" in capsys.readouterr().out
    assert deliver(home) == 0
    assert "用同一邮件编号重寄" in capsys.readouterr().out
    assert len(mailbox.of("health@city.example")) == copies
    assert set(ids(mailbox.of("health@city.example"))) == {
        entry["message_id"] for entry in ledger(home) if entry["recipient"] == "health"
    }
    assert len(mailbox.letters) == 2 + copies


# Kills itself where the first letter has been taken by the server and the ledger does not know yet, or just before.
KILLED = """
import os, signal, sys
from reports.delivery import mailing
send = mailing.send
def send_and_die(settings, message):
    if {taken}:
        send(settings, message)
    os.kill(os.getpid(), signal.SIGKILL)
mailing.send = send_and_die
from flows.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(("taken", "copies"), [(False, 1), (True, 2)])
def test_killed_between_sending_and_marking(home, mailbox, capsys, taken, copies):
    script = KILLED.format(taken=taken)
    arguments = [sys.executable, "-c", script, "deliver", "--home", str(home.root), "--month", MONTH]
    killed = subprocess.run(arguments, cwd=PROJECT, env=os.environ, capture_output=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert states(home) == {"office": "sending"}
    assert deliver(home) == 0
    assert "邮件 office:已寄出:上次交寄时中断" in capsys.readouterr().out
    assert len(set(ids(mailbox.of("office@city.example")))) == 1
    assert len(mailbox.of("office@city.example")) == copies
    assert len(mailbox.letters) == 2 + copies
    assert deliver(home) == 0
    assert len(mailbox.letters) == 2 + copies


def test_a_line_cut_by_a_power_failure_costs_nothing(home, mailbox):
    assert deliver(home) == 0
    with (home.warehouse / "delivery.jsonl").open("a") as file:
        file.write('{"month": "2026-06", "recip')
    write_book(home, "health", "另一个内容")
    assert deliver(home) == 0
    assert len(mailbox.letters) == 4
    assert [entry["state"] for entry in ledger(home)] == ["sending", "sent"] * 4


def test_a_damaged_record_stops_before_anything_is_sent_twice(home, mailbox, capsys):
    assert deliver(home) == 0
    (home.warehouse / "delivery.jsonl").write_text("damaged\n")
    assert deliver(home) == 1
    assert "送达记录已损坏" in capsys.readouterr().err
    assert len(mailbox.letters) == 3


def test_neither_address_nor_secret_is_written_down_or_said(home, mailbox, capsys):
    mailbox.refuse["office@city.example"] = "550 5.1.1 <office@city.example> unknown"
    deliver(home)
    captured = capsys.readouterr()
    logs = "".join(file.read_text("utf-8") for file in home.logs.iterdir())
    written = (home.warehouse / "delivery.jsonl").read_text("utf-8") + logs + captured.out + captured.err
    assert "office" in written
    assert [word for word in (*ADDRESSES.values(), "password of", PERSON) if word in written] == []


def test_the_months_books_are_mailed_when_they_are_written_and_not_again_when_written_again(home, mailbox, capsys):
    publish(small_city(), home.full_database)
    monthly = ["monthly", "--home", str(home.root), "--month", MONTH]
    assert main(monthly) == 0
    assert len(mailbox.letters) == 3
    before = (home.outbox / MONTH / BOOKS["health"]).read_bytes()
    assert main(monthly) == 0
    assert (home.outbox / MONTH / BOOKS["health"]).read_bytes() != before
    assert len(mailbox.letters) == 3
    assert "邮件 health:已寄出" in capsys.readouterr().out


def test_mail_settings_that_are_wrong_do_not_undo_the_months_books(home, capsys):
    publish(small_city(), home.full_database)
    (home.root / "delivery.toml").write_text("host = 1")
    assert main(["monthly", "--home", str(home.root), "--month", MONTH]) == 3
    assert "没有寄出邮件:delivery.toml" in capsys.readouterr().out
