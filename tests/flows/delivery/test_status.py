"""`bangfu status` says what came back, whom the protected list misses, and what mail did not get through."""

import duckdb
import pytest

from flows.cli import main
from tests.flows.delivery.desk import deliver
from tests.flows.delivery.test_bounces import REPORT, id_of, put
from tests.reports.conftest import NUMBERS, small_city
from tests.reports.published import publish

FILES = """
insert into answers.file values
    (1, 'a.xlsx', 'h1', '2026-07-01 22:00', '2026-07-01', 5, 'read', null, '2026-06-01', 'r1.xlsx', true),
    (2, 'b.xlsx', 'h2', '2026-07-02 22:00', '2026-07-02', 6, 'read', null, '2026-06-01', 'r2.xlsx', true),
    (3, 'c.xlsx', 'h3', '2026-07-02 22:00', '2026-07-02', 6, 'refused', '不是清单', '2026-06-01', 'r3.xlsx', true);
insert into answers.returned_row (file_id, sheet_no, source_row, outcome) values
    (1, 1, 5, 'applied'), (1, 1, 6, 'applied'), (1, 1, 7, 'returned'),
    (2, 1, 5, 'repeated'), (2, 1, 6, 'unanswered'), (2, 1, 7, 'unanswered'), (2, 1, 8, 'applied');
"""


@pytest.fixture
def told(home, capsys):
    """The status as lines; what is published is the small city with two nights of answers."""
    publish(small_city(), home.full_database)
    with duckdb.connect(str(home.full_database)) as connection:
        connection.execute(FILES)

    def read() -> list[str]:
        capsys.readouterr()
        assert main(["status", "--home", str(home.root)]) == 0
        return capsys.readouterr().out.splitlines()

    return read


def test_the_nights_of_answers_newest_first(told):
    lines = told()
    place = lines.index("【交回的答复(最近十夜)】")
    assert lines[place + 2 : place + 5] == [
        "2026-07-02 | 2 | 1 | 1 | 0 | 1 | 2",
        "2026-07-01 | 1 | 0 | 2 | 1 | 0 | 0",
        "",
    ]


def test_a_protected_entry_that_names_nobody_is_counted_without_the_number(home, told):
    assert "【受保护人员名单】 无" in told()
    (home.root / "protected.csv").write_text(f"P1\n{NUMBERS['P2']}\n320583199912319999\n")
    lines = told()
    assert lines[lines.index("【受保护人员名单】") + 2] == "3 | 1"
    assert "320583199912319999" not in "".join(lines)


def test_mail_that_did_not_get_through_comes_first(home, mailbox, told):
    assert "【邮件送达(最近两个月,每个收件人的最后一次)】 无" in told()
    mailbox.refuse["office@city.example"] = "550 5.1.1 no such user"
    deliver(home)
    put(home, "1.eml", REPORT, id_of(home, "health"))
    lines = told()
    place = lines.index("【邮件送达(最近两个月,每个收件人的最后一次)】")
    said = [
        (month, who, what, why)
        for month, who, what, _, why in (line.split(" | ") for line in lines[place + 2 : place + 5])
    ]
    assert said == [
        ("2026-06", "health", "退信", "退信(5.1.1)"),
        ("2026-06", "office", "被拒收", "收件地址被拒收(550 5.1.1)"),
        ("2026-06", "玉山镇", "已寄出", "—"),
    ]
    assert not [line for line in lines if "@" in line]
