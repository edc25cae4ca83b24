"""What the tests do at the office: settings, passwords, books, the command, and a look into the record."""

import json
from io import BytesIO

from openpyxl import Workbook

from flows.cli import main
from reports.locking import lock
from tests.flows.delivery.mail_server import HOST

MONTH = "2026-06"
ADDRESSES = {"office": "office@city.example", "health": "health@city.example", "玉山镇": "yushan@city.example"}
BOOKS = {
    "office": f"月度核对总表_{MONTH}.xlsx",
    "health": f"例外清单_health_{MONTH}.xlsx",
    "玉山镇": f"区镇/区镇清单_玉山镇_{MONTH}.xlsx",
}
PERSON = "李四光"


def set_up(home, port, *, recipients=ADDRESSES, **more):
    told = {"host": HOST, "port": port, "security": "none", "from": "bangfu@city.example", "timeout": 5} | more
    lines = [f"{name} = {json.dumps(value)}" for name, value in told.items()]
    lines += ["[recipients]", *(f'"{key}" = "{address}"' for key, address in recipients.items())]
    (home.root / "delivery.toml").write_text("\n".join(lines), encoding="utf-8")


def set_password(home, recipient):
    (home.root / "passwords").mkdir(exist_ok=True)
    file = home.root / "passwords" / f"{recipient}.txt"
    file.write_text(f"password of {recipient}", encoding="utf-8")
    file.chmod(0o600)


def write_book(home, recipient, text=PERSON, *, password=None):
    path = home.outbox / MONTH / BOOKS[recipient]
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook, content = Workbook(), BytesIO()
    workbook.active["A1"] = text
    workbook.save(content)
    lock(content, path, password or f"password of {recipient}")


def deliver(home):
    return main(["deliver", "--home", str(home.root), "--month", MONTH])


def ledger(home):
    return [json.loads(line) for line in (home.warehouse / "delivery.jsonl").read_text("utf-8").splitlines()]


def states(home):
    return {entry["recipient"]: entry["state"] for entry in ledger(home)}


def ids(letters):
    return [letter["Message-ID"] for letter in letters]
