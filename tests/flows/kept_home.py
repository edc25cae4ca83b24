"""A small home with values that must never be found again, and the search for them."""

import fcntl
import html
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.cli import main
from flows.key_rotation import copy_database, private_files
from flows.settings import PROJECT
from tests.connectors.small_home import CONTRACTS, csv_bytes, number, position, table, xlsx_bytes
from warehouse.connection import connect
from warehouse.encryption.keyring import database_secret, use_key_file
from warehouse.encryption.keys import read_key, write_new_key
from warehouse.encryption.private_files import copy_with
from warehouse.home import Home

PEOPLE = 40
AS_OF, MONTH = "2026-06-30", "2026-06"
NAME, PHONE, ADDRESS, DIAGNOSIS = "龘三", "13977770", "试验街七十七号", "罕见试验病"  # what every cell begins with
NUMBER = number(7)
CANARIES = (NAME, NUMBER, PHONE, ADDRESS, DIAGNOSIS)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


class Installation:
    """A home in a folder of its own, and the program with a key file and a temporary folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.home, self.key_file = Home(folder / "home"), folder / "key"
        self.temporary, self.backups = folder / "tmp", folder / "backups"
        self.temporary.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **os.environ,
            "TMPDIR": str(self.temporary),
            "BANGFU_HOME": str(self.home.root),
            "BANGFU_SCRATCH": str(
                folder / "memory"
            ),  # stands for the memory disk, where a killed run would leave files
        }
        if self.key_file.exists():
            self.use(self.key_file)

    def use(self, key_file: Path | None) -> None:
        """From now on this key is the one that is set, here and for the program."""
        self.environment["BANGFU_KEY_FILE"] = str(key_file or "")
        use_key_file(self.home.root, key_file)

    def start(self, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "flows.cli", *arguments]
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=PROJECT, env=self.environment, **output)

    def run_apart(self, *arguments: str) -> None:
        """A command in a process of its own, with a temporary folder of its own; it names nobody."""
        process = self.start(*arguments)
        said = "".join(process.communicate())
        assert process.returncode == 0, said
        assert not any(value in said for value in CANARIES)

    def run(self, *arguments: str, status: int = 0) -> str:
        """What a command says; it names nobody."""
        said = io.StringIO()
        with patch.dict(os.environ, self.environment), redirect_stdout(said), redirect_stderr(said):
            assert main([*arguments, "--quiet"]) == status, said.getvalue()
        assert not any(value in said.getvalue() for value in CANARIES)
        return said.getvalue()

    def found(self) -> set[tuple[str, str]]:
        """What lies open on the disk; inbox and outbox are meant for their readers."""
        places = (self.home.root, self.temporary, self.backups)
        return found_in(*places, without=(self.home.inbox, self.home.outbox))


def new_installation(folder: Path) -> Installation:
    """With a key and deliveries, before its first night."""
    folder.mkdir(parents=True, exist_ok=True)
    write_new_key(folder / "key")
    made = Installation(folder)
    fill_inbox(made.home)
    return made


def locked_installation(tmp_path_factory, worker_id: str) -> Installation:
    """Nightly, monthly and back-up with a key; made once by whichever test process comes first. Not to be changed."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "locked"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            made = new_installation(folder)
            made.run_apart("nightly", "--as-of", AS_OF)
            made.run_apart("monthly", "--month", MONTH)
            made.run_apart("backup", "--to", str(made.backups))
            (folder / "done").touch()
    return Installation(folder)


def copied(installation: Installation, folder: Path) -> Installation:
    """The same home elsewhere, with the same key."""
    shutil.copytree(installation.home.root, folder / "home")
    shutil.copyfile(installation.key_file, folder / "key")
    (folder / "key").chmod(0o600)
    return Installation(folder)


def without_key(installation: Installation, folder: Path) -> Installation:
    """The same home as it would be had it never had a key."""
    made = copied(installation, folder)
    key = read_key(made.key_file)
    for database in made.home.warehouse.glob("*.duckdb"):
        plain = folder / database.name
        copy_database(database, database_secret(key, database), plain, None, folder)
        plain.replace(database)
    for file in private_files(made.home):
        copy_with(file, key, folder / "plain", None)
        (folder / "plain").replace(file)
    made.use(None)
    return made


def fill_inbox(home: Home) -> None:
    """A roster in GB18030 and, inside a zip, a workbook of medical bills."""
    home.prepare()
    roster = planted("assistance_roster", month="2026-06", category="低保")
    (home.inbox / "civil_affairs" / "名册.csv").write_bytes(csv_bytes(roster, "gb18030"))
    bills = planted("medical_settlements", settled_on="2026-05-06")
    with zipfile.ZipFile(home.inbox / "health" / "费用.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("费用结算.xlsx", xlsx_bytes({"结算": bills}))


def planted(name: str, **changed: str) -> list[list[str | None]]:
    """Rows of a table in which everybody's values begin as planted."""
    beginnings = {"name": NAME, "phone": PHONE, "address": ADDRESS, "diagnosis": DIAGNOSIS}
    rows = table(name, PEOPLE, **changed)
    for column in beginnings.keys() & CONTRACTS[name].columns.keys():
        for serial, row in enumerate(rows[1:]):
            last = f"{serial:03d}" if column == "phone" else chr(ord("一") + serial)
            row[position(name, column)] = beginnings[column] + last
    return rows


def tables(database: Path) -> dict[str, list[tuple]]:
    """Every mart table of a published database, row by row, without the moment a file came in."""
    with connect(database, read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables "
            "where table_schema = 'mart' and table_catalog = current_database() order by table_name"
        ).fetchall()
        return {name: connection.execute(f"select * from mart.{name} order by all").fetchall() for (name,) in names}


def found_in(*folders: Path, without: tuple[Path, ...] = ()) -> set[tuple[str, str]]:
    """(file, value) wherever a planted value stands in a name or content, looking into zips, Parquet and databases."""
    found = set()
    for file in (path for folder in folders for path in folder.rglob("*")):
        if any(file.is_relative_to(one) for one in without):
            continue
        texts = [str(file).encode(), *(_readable(file.read_bytes(), file) if file.is_file() else ())]
        found |= {
            (file.name, value)
            for value in CANARIES
            for encoding in ENCODINGS
            if any(value.encode(encoding) in text for text in texts)
        }
    return found


def _readable(content: bytes, file: Path) -> Iterator[bytes]:
    """The bytes, and what they hold where they are packed."""
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            for member in bundle.namelist():
                yield from _readable(bundle.read(member), file)
                if member.endswith(".xml"):  # some programs write Chinese as numbers
                    yield html.unescape(bundle.read(member).decode("utf-8", "replace")).encode()
    if content[:4] == b"PAR1":
        yield str(pq.read_table(pa.BufferReader(content)).to_pylist()).encode()
    if file.suffix == ".duckdb":
        yield from _cells(file)


def _cells(database: Path) -> Iterator[bytes]:
    """Every cell of a database that opens without a key."""
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error:
        return
    with connection:
        names = connection.execute("select table_schema || '.' || table_name from information_schema.tables").fetchall()
        for (name,) in names:
            yield str(connection.execute(f"from {name}").fetchall()).encode()
