"""Values as text, and what becomes of a URL: the driver, the password, a server that is away or refuses."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from connectors.pulling import databases
from connectors.pulling.views import value_text
from tests.connectors.pulling.desk import CANARY


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        (" 王 ", " 王 "),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.10"),
        (Decimal("320583198501010018"), "320583198501010018"),
        (320583198501010018, "320583198501010018"),
        (0, "0"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (date(1985, 1, 1), "1985-01-01"),
        (datetime(1985, 1, 1), "1985-01-01"),
        (datetime(2026, 5, 6, 7, 8, 9), "2026-05-06 07:08:09"),
        (datetime(2026, 12, 31, 23, 59, 59, 997000), "2026-12-31 23:59:59"),
        (datetime(2026, 5, 6, 17, tzinfo=timezone.utc), "2026-05-07 01:00:00"),  # noqa: UP017
        (datetime(2026, 5, 7, tzinfo=timezone(timedelta(hours=8))), "2026-05-07"),
        (time(7, 8), "07:08:00"),
        ("王".encode("gb18030"), "王"),
        (memoryview("王".encode()), "王"),
        (UUID(int=0), "00000000-0000-0000-0000-000000000000"),
    ],
)
def test_values_are_printed_as_the_readers_expect(value, text):
    assert value_text(value) == text


def test_a_number_that_the_database_kept_as_a_double_shows_that_its_digits_are_lost():
    assert "e+17" in value_text(float(320583198501010018))


@pytest.mark.parametrize("value", [["a"], {"a": 1}, ("a",)])
def test_what_is_no_single_value_has_no_text(value):
    with pytest.raises(TypeError):
        value_text(value)


@pytest.mark.parametrize("url", ["postgresql", "mysql", "mariadb", "mssql", "oracle"])
@pytest.mark.parametrize("listening", [False, True])
def test_a_database_that_does_not_answer_is_told_from_one_that_refuses(desk, closing_port, url, listening):
    desk.secret()
    port = closing_port if listening else 9
    words = {"url": f"{url}://canary_user@127.0.0.1:{port}/canary_base", "password_file": "password.txt"}
    desk.declare(x={"kind": "view", "department": "health", "view": "v", "timeout": 2} | words)
    fault = str(desk.pull()["x"].fault)
    assert ("拒绝登录" if listening else "连接不上") in fault
    assert (desk.slept == []) == listening
    assert not any(one in fault for one in (CANARY, "canary", "127.0.0.1", str(port)))


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("postgresql", "psycopg"),
        ("mysql", "pymysql"),
        ("mariadb+pymysql", "pymysql"),
        ("mssql", "pymssql"),
        ("oracle", "oracledb"),
    ],
)
def test_a_url_finds_its_driver_and_the_password_of_the_file(desk, monkeypatch, url, driver):
    made = []

    def refuse(address, **named):
        made.append((address, named))
        raise ValueError(str(address))

    monkeypatch.setattr(databases, "create_engine", refuse)
    desk.environment["HIS_PASSWORD"] = CANARY
    desk.declare(
        x={
            "kind": "view",
            "department": "health",
            "view": "v",
            "url": f"{url}://u@127.0.0.1:9/b",
            "password_env": "HIS_PASSWORD",
        }
    )
    assert CANARY not in str(desk.pull()["x"].fault)
    address, named = made[0]
    assert address.password == CANARY
    dialect = address.get_dialect()
    assert (dialect.driver, dialect.import_dbapi().__name__) == (driver, driver)
    assert named["hide_parameters"]
    assert 30 in named["connect_args"].values()
