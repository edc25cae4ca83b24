"""`bangfu held PERSON`: everything held about one person, as a text that the person can be given."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import duckdb

from checks.explain import DEPARTMENTS, explain
from flows.audit import record_people
from flows.audit_log import audit_log
from flows.keeping.archive import original_file, rows_file
from flows.keeping.files import PEOPLE_FOLDER
from flows.keeping.person import Person, Row, books_naming, read, the_person
from flows.keeping.rows import staged_tables
from flows.nightly import work_database
from flows.settings import Settings
from reports.protected_list import read_protected
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.scratch import private_run

HEAD = (
    "本系统保存的关于一个人的全部信息,供本人查阅。含健康等敏感个人信息,只交给本人或依法有权的人。",
    "所有信息都来自五个部门的交付;登记有误的,可以要求登记的部门更正,更正后的交付会取代旧的记录。",
)
RIGHTS = (
    "【更正和删除】对内容有异议,可以要求登记的部门更正;不再需要保存的,可以要求删除(bangfu forget),"
    "不能删除的会说明理由。各部门自己的系统、收件目录里的原件和已经交出去的清单,由各部门负责。"
)
KINDS = {"finding": "核对清单", "review": "身份待核清单", "visit": "走访记录清单"}


def held(settings: Settings, given: str, today: date) -> Path:
    """Write the report into the outbox; gives its path. Reads the working file: it alone knows what was just issued.

    Raises BangfuError where nobody or several people fit, and while another run is at work.
    """
    home = settings.home
    if not home.full_database.exists():
        raise BangfuError(where=str(home.root), found="还没有发布过数据", remedy="先运行 bangfu nightly")
    with exclusive(home.lock_file, command="held"), private_run(home), work_database(settings) as connection:
        person = the_person(connection, given)
        record_people(home, "held", [person.person_id], command="held")
        return _write(home, person, held_text(connection, home, person), today)


def held_text(connection: duckdb.DuckDBPyConnection, home: Home, person: Person) -> str:
    """The report, in plain Chinese."""
    naming, closed = books_naming(home, person)
    keys = [person.person_id, *(f"number:{number}" for number in person.numbers)]
    parts = [
        list(HEAD),
        [explain(connection, person.person_id)],
        _section("记录的内容", _contents(connection, person)),
        _section("在别人的记录里(作为户主)", _mentions(connection, person)),
        _section("核对结果的经过", _history(connection, person)),
        _section("交回的答复", _answers(connection, person, keys)),
        _section("发出过的清单", _issued(connection, person)),
        _section("发件目录里写有此人的工作簿", _books(home, naming, closed)),
        _section("别处", _elsewhere(home, person)),
        [RIGHTS],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _write(home: Home, person: Person, text: str, today: date) -> Path:
    """For the owner alone; the name of the file names nobody."""
    folder = home.outbox / PEOPLE_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{person.person_id}_{today.isoformat()}.txt"
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as written:
        written.write(text)
        written.flush()
        os.fsync(descriptor)
    return file


def _section(title: str, lines: Iterable[str]) -> list[str]:
    told = [f"  {line}" for line in lines]
    return [f"【{title}】" + ("" if told else "无"), *told]


def _place(department: str | None, file: str, sheet: str | None, row: int) -> str:
    return f"{DEPARTMENTS.get(department or '', department)} {file}{f'[{sheet}]' if sheet else ''} 第 {row} 行"


def _contents(connection: duckdb.DuckDBPyConnection, person: Person) -> Iterator[str]:
    """Each row with every filled cell, as it was read."""
    headings = _headings(connection)
    for table, rows in groupby(sorted(person.rows, key=lambda row: row.source_table), key=lambda row: row.source_table):
        by_id = {row.row_id: row for row in rows}
        found = connection.execute(
            f"select * from staging.{table} where list_contains(?, row_id) order by row_id", [list(by_id)]
        )
        names = [column[0] for column in found.description]
        for values in found.fetchall():
            cells = dict(zip(names, values, strict=True))
            yield _content(by_id[cells["row_id"]], cells, headings[table])


def _content(row: Row, cells: dict[str, object], headings: dict[str, str]) -> str:
    filled = {headings[name]: value for name, value in cells.items() if name in headings and value is not None}
    told = ";".join(f"{heading}={value}" for heading, value in filled.items())
    state = ",已被后来的交付取代" if cells["superseded_by"] is not None else ""
    doubt = "" if row.certain else ",可能是此人"
    place = _place(row.department, row.source_file, row.sheet, row.source_row)
    return f"{row.title} {place}({row.received_on} 收到{state}{doubt}):{told}"


def _headings(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """By table and column, what the department calls it."""
    found: dict[str, dict[str, str]] = {}
    told = connection.execute("select source_table, column_name, heading from raw.contract_column").fetchall()
    for table, column, heading in told:
        found.setdefault(table, {})[column] = heading
    return found


def _mentions(connection: duckdb.DuckDBPyConnection, person: Person) -> Iterator[str]:
    statement = (Path(__file__).parent / "sql" / "held_mention.sql").read_text(encoding="utf-8")
    for table in staged_tables(connection):
        columns = {name for name, *_ in connection.execute(f"describe staging.{table}").fetchall()}
        if "head_id_no" in columns:
            bound = {"numbers": sorted(person.numbers), "person": person.person_id}
            yield from (_place(*row) for row in connection.execute(statement.format(table=table), bound).fetchall())


def _history(connection: duckdb.DuckDBPyConnection, person: Person) -> Iterator[str]:
    for day, title, state, by, why in read(connection, "held_history", person=person.person_id):
        yield f"{day} {title}:{state}({by}){why}"


def _answers(connection: duckdb.DuckDBPyConnection, person: Person, keys: list[str]) -> Iterator[str]:
    for day, said, by, file, row in read(connection, "held_answer", person=person.person_id, keys=keys):
        yield f"{day} {said}({by or '未署名'};{file} 第 {row} 行)"


def _issued(connection: duckdb.DuckDBPyConnection, person: Person) -> Iterator[str]:
    told = read(connection, "held_issued", person=person.person_id)
    for (kind, month, day), rows in groupby(told, key=lambda row: row[1:]):
        yield f"{month:%Y-%m} 的{KINDS.get(kind, kind)}:{len(list(rows))} 行,{day} 写出"


def _books(home: Home, naming: dict[Path, list[str]], closed: list[Path]) -> Iterator[str]:
    written, mailed = _told_by_audit(home)
    for book, tabs in naming.items():
        name = book.relative_to(home.outbox).as_posix()
        when = f";{'、'.join(written[name])} 写出" if name in written else ""
        yield f"{name}:{'、'.join(tabs)}{when}"
    yield from (f"{book.relative_to(home.outbox).as_posix()}:现有口令打不开,没有查看" for book in closed)
    months = {book.relative_to(home.outbox).parts[0] for book in naming}
    yield from (f"{at} 寄给 {recipient} 的 {month} 清单" for at, recipient, month in mailed if month in months)


def _told_by_audit(home: Home) -> tuple[dict[str, list[str]], list[tuple[str, str, str]]]:
    """When each workbook was written, and (time, recipient, month) of what was mailed."""
    written: dict[str, list[str]] = {}
    mailed = []
    for entry in audit_log(home).entries():
        at = str(entry["at"]).replace("T", " ")
        if entry["event"] == "written":
            for book in entry["books"]:
                written.setdefault(book["file"], []).append(at)
        elif entry["event"] == "mailed":
            mailed += [(at, one["recipient"], entry["month"]) for one in entry["letters"] if one["state"] == "sent"]
    return written, mailed


def _elsewhere(home: Home, person: Person) -> Iterator[str]:
    contents = {row.sha256 for row in person.rows}
    deliveries = {row.row_id // 1_000_000_000 for row in person.rows}
    originals = sum(original_file(home, sha256).exists() for sha256 in contents)
    printed = sum(rows_file(home, delivery).exists() for delivery in deliveries)
    yield f"存档:{originals} 个收到的原文件、{printed} 份逐行存档里有此人的行"
    replays = len(list(home.warehouse.glob("replay-*.duckdb")))
    if replays:
        yield f"{replays} 个回放数据库(bangfu replay)里可能有此人"
    if not read_protected(home.root).isdisjoint({person.person_id, *person.numbers}):
        yield "列在受保护人员名单里"
    yield "日志、审计日志和分析库里没有姓名、号码、电话、住址;备份里有备份当时的全部内容"
