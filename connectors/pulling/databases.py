"""Databases by SQLAlchemy URL: which driver speaks to which, how it is kept from hanging, what its errors mean.

A driver's message carries host, user, statement and values: only its code is kept (SQLSTATE, ORA-…, a number).
"""

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from connectors.pulling.faults import NETWORK, Cause, PullFault

CONNECT_SECONDS = 30
KNOCK_SECONDS = 10
LOGIN = Cause("数据库拒绝登录", "核对 url 里的用户、库名和口令;确认数据库允许这个用户从本机登录")
QUERY = Cause("查询没有成功", "核对视图、列名和 SELECT 文件,确认用户有读取的权限;超时的把 timeout 写大")


@dataclass(frozen=True)
class Driver:
    """name: SQLAlchemy's; port: where its server listens; seconds → its own words for the two time limits."""

    name: str
    port: int
    connect: str | None = None
    silent: str | None = None
    more: Mapping[str, Any] | None = None

    def arguments(self, timeout: int) -> dict[str, Any]:
        """What the driver is given beside the URL."""
        limits = {self.connect: CONNECT_SECONDS, self.silent: timeout}
        return {word: seconds for word, seconds in limits.items() if word} | dict(self.more or {})


# A server that vanishes without a word is noticed by keep-alives (PostgreSQL) or the limit on a single answer.
_KEEP_ALIVE = {"keepalives_idle": 60, "keepalives_interval": 15, "keepalives_count": 4}
_POSTGRESQL = Driver("postgresql+psycopg", 5432, "connect_timeout", more=_KEEP_ALIVE)
_MYSQL = Driver("mysql+pymysql", 3306, "connect_timeout", "read_timeout")
_MARIADB = Driver("mariadb+pymysql", 3306, "connect_timeout", "read_timeout")
_SQL_SERVER = Driver("mssql+pymssql", 1433, "login_timeout", "timeout")
_ORACLE = Driver("oracle+oracledb", 1521, "tcp_connect_timeout")
_BY_NAME = {one.name.split("+")[0]: one for one in (_POSTGRESQL, _MYSQL, _MARIADB, _SQL_SERVER, _ORACLE)}
DRIVERS = _BY_NAME | {one.name: one for one in _BY_NAME.values()} | {"sqlite": Driver("sqlite", 0)}


@contextmanager
def reading(source: str, url: URL, password: str | None, timeout: int) -> Iterator[Connection]:
    """A connection that is never committed; raises PullFault for whatever the driver or the server refuses.

    timeout: seconds that one answer may take.
    """
    driver = DRIVERS[url.drivername]
    address = _address(url, driver, password)
    try:
        engine = create_engine(
            address, poolclass=NullPool, hide_parameters=True, connect_args=driver.arguments(timeout)
        )
        connection = engine.connect()
    except (SQLAlchemyError, OSError, ValueError) as error:
        raise PullFault(source, LOGIN if _answers(url, driver) else NETWORK, code_of(error)) from None
    with connection:
        try:
            _limit(connection, timeout)
            yield connection
        except SQLAlchemyError as error:
            raise PullFault(source, NETWORK if _lost(error) else QUERY, code_of(error)) from None


def _address(url: URL, driver: Driver, password: str | None) -> URL:
    if driver.name == "sqlite":  # by its own words: a file that is not there must not be made
        return URL.create("sqlite", database=f"file:{quote(url.database or '')}", query={"mode": "ro", "uri": "true"})
    return url.set(drivername=driver.name, password=password)


def _limit(connection: Connection, timeout: int) -> None:
    """Read only where the server can be told so, and no answer later than the limit."""
    kind = connection.dialect.name
    if kind == "postgresql":
        connection.execution_options(postgresql_readonly=True)
        connection.exec_driver_sql(f"set local statement_timeout = {timeout * 1000}")
    elif kind == "oracle":
        connection.connection.dbapi_connection.call_timeout = timeout * 1000  # type: ignore[union-attr]
    elif kind == "sqlite":
        connection.exec_driver_sql("pragma query_only = on")


def _answers(url: URL, driver: Driver) -> bool:
    """Whether something listens there: then a failed login is a refusal, and no second attempt helps.

    Drivers do not tell the two apart in a way that is the same in every language of the server.
    """
    if not url.host:
        return True
    try:
        socket.create_connection((url.host, url.port or driver.port), KNOCK_SECONDS).close()
    except OSError:
        return False
    return True


def _lost(error: SQLAlchemyError) -> bool:
    """Whether the connection went away, not the query wrong."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def code_of(error: BaseException) -> str:
    """A code that names the fault in the database's manual, and nothing else of the message."""
    original = error.orig if isinstance(error, DBAPIError) else error
    first = original.args[0] if original is not None and original.args else None
    code = (
        getattr(original, "sqlstate", None)
        or getattr(first, "full_code", None)
        or (first if isinstance(first, int) else None)
    )
    kind = type(original or error).__name__
    return f"{kind} {code}" if code and re.fullmatch(r"[A-Z0-9-]{1,12}", str(code)) else kind
