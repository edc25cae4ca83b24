"""One sheet of a delivered file: recognised, loaded, counted, and set in the place of what it corrects."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

import duckdb
import numpy as np
import pyarrow as pa

from connectors import archive, deliveries, drift
from connectors.contract import Contract
from connectors.deliveries import Delivery
from connectors.earlier import earlier, profile
from connectors.inbox import Delivered
from connectors.judging import Judge, stop, write_read_columns
from connectors.marks import Marks
from connectors.readers import Sheet
from connectors.recognise import SEARCH_ROWS, Recogniser
from connectors.rows import empty_rows, trimmed_columns
from connectors.sheet_load import Plan, SheetLoad
from connectors.supersede import Superseded, point_at, supersede
from connectors.tally import Tally
from warehouse.errors import BangfuError
from warehouse.home import Home

NO_DATA = "只有表头,没有数据行。处理办法:确认导出条件后重报"
# Where a spreadsheet program stops without a word: xls and xlsx.
LAST_ROWS = (65_536, 1_048_576)
NOTHING_READ = "没有一行能读出。处理办法:按拒收行清单所列的列和原因改正后重报"


@dataclass(frozen=True)
class Intake:
    """What every file of a run needs."""

    connection: duckdb.DuckDBPyConnection
    home: Home
    recogniser: Recogniser
    run_id: int
    received_at: datetime
    say: Callable[[str], None]
    judge: Judge | None = None


@dataclass(frozen=True)
class Opened:
    """A sheet read as far as its head. batches: the whole sheet, to be read once."""

    head: list[list[str | None]]
    first_row: int
    batches: Iterator[pa.RecordBatch]


def open_sheet(sheet: Sheet) -> Opened | None:
    """Read the first rows of a sheet; None for a sheet without any filled cell."""
    if not sheet.columns:
        return None
    batches = iter(sheet.batches)
    read: list[pa.RecordBatch] = []
    for batch in batches:
        read.append(batch)
        if not _is_blank(batch):
            first = read[0].slice(0, SEARCH_ROWS + 2)
            columns = [column.to_pylist() for column in trimmed_columns(first)]
            head = [list(row) for row in zip(*columns, strict=True)]
            return Opened(head, first.column(0)[0].as_py(), chain(read, batches))
    return None


def _is_blank(batch: pa.RecordBatch) -> bool:
    return all(column.null_count == len(column) for column in batch.columns[2:])


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of a delivery or nothing of it."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # the first error is the one to tell
            connection.execute("rollback")
        raise
    connection.execute("commit")


def new_delivery(intake: Intake, delivered: Delivered, sheet: Sheet | None, status: str) -> Delivery:
    """A delivery as it stands before anything is known about its rows."""
    return Delivery(
        delivery_id=0,
        department=delivered.department,
        source_table=None,
        source_file=delivered.source_file,
        sheet=sheet.name if sheet else None,
        sha256=delivered.sha256,
        received_at=intake.received_at,
        run_id=intake.run_id,
        status=status,
    )


def load_sheet(intake: Intake, delivered: Delivered, plan: Plan, tried: list[Delivery]) -> Delivery:
    """Take in a recognised sheet in one transaction; `tried` are its earlier refusals, forgotten here."""
    contract = plan.fit.contract
    connection = intake.connection
    with transaction(connection):
        deliveries.forget_refused(connection, tried)
        delivery = replace(
            new_delivery(intake, delivered, plan.sheet, "accepted"),
            delivery_id=deliveries.next_id(connection),
            department=delivered.department or contract.department,
            source_table=contract.table,
        )
        printed = archive.PrintedRows(intake.home.archive, delivery.delivery_id, plan.fit.printed)
        try:
            delivery = _loaded(intake, plan, delivery, printed)
            if delivery.status == "accepted":
                archive.keep_original(intake.home.archive, delivered.path, delivered.sha256)
                printed.keep()
            else:
                printed.discard()
        except BaseException:
            printed.discard()
            raise
    return delivery


def _loaded(intake: Intake, plan: Plan, delivery: Delivery, printed: archive.PrintedRows) -> Delivery:
    connection, contract = intake.connection, plan.fit.contract
    load = SheetLoad(connection, plan, delivery_id=delivery.delivery_id, today=intake.received_at.date(), rows=printed)
    load.run()
    delivery = deliveries.counted(connection, replace(delivery, rows_in=load.rows_in))
    shape = _shape(intake, plan, delivery, load.tally)
    changed = drift.change(shape)
    refused = _refusal(contract, delivery, changed)
    if refused:
        return deliveries.write(connection, replace(delivery, status="refused", reason=refused))
    delivery = deliveries.write(connection, delivery)
    write_read_columns(connection, plan, delivery.delivery_id)
    judged = intake.judge(connection, delivery.delivery_id) if intake.judge and not changed else None
    if stopped := str(changed) if changed else judged:
        return stop(connection, delivery, stopped)
    point_at(connection, contract)
    conflicts = load.marks.key_conflicts()
    replaced = supersede(connection, contract, delivery_id=delivery.delivery_id, run_id=intake.run_id)
    reason = "。".join([*_remarks(plan, delivery, conflicts, replaced), *drift.remarks(shape)]) or None
    return deliveries.amend(connection, replace(delivery, reason=reason))


def _shape(intake: Intake, plan: Plan, delivery: Delivery, tally: Tally) -> drift.Shape:
    connection, contract = intake.connection, plan.fit.contract
    before = earlier(connection, intake.home.archive, contract, delivery)
    now = profile(connection, contract, delivery.delivery_id) if before else None
    return drift.Shape(plan.fit, plan.below, tally, intake.received_at.date(), before, now)


def _refusal(contract: Contract, delivery: Delivery, changed: BangfuError | None) -> str | None:
    """An empty snapshot says nobody is left, which an export error says too; an empty increment says nothing new."""
    if delivery.rows_loaded:
        return None
    if delivery.rows_rejected:
        return f"{NOTHING_READ}。{changed}" if changed else NOTHING_READ
    return NO_DATA if contract.delivery == "snapshot" else None


def _remarks(plan: Plan, delivery: Delivery, conflicts: int, replaced: Superseded) -> Iterator[str]:
    if not plan.sheet.visible:
        yield "隐藏的工作表,照常读取"
    if not delivery.rows_loaded:
        yield "只有表头,没有数据行"
    if delivery.rows_in in LAST_ROWS:
        yield f"正好{delivery.rows_in}行,是电子表格的行数上限,后面的行可能已被截掉:请核对行数,拆成几个文件或改报 CSV"
    if delivery.rows_rejected:
        yield f"{delivery.rows_rejected}行未能读出,见拒收行清单"
    if conflicts:
        yield f"{conflicts}行关键字段相同而内容不同,都已保留"
    if replaced.overtaken:
        yield "同次收到的另一份名单更新,以那一份为准"
    elif replaced.rows:
        yield f"取代以前交付的{replaced.rows}行"
    if replaced.kept_twice:
        yield f"与同次收到的另一文件有{replaced.kept_twice}个关键字段相同,按同一名单的两部分处理,都已保留"


def set_aside(intake: Intake, delivered: Delivered, sheet: Sheet, tried: list[Delivery]) -> Delivery:
    """A sheet beside the data that is no table (说明, a cover): every row counted as skipped."""
    reason = "不是数据表,未读取" + ("" if sheet.visible else "(隐藏的工作表)")
    connection = intake.connection
    with transaction(connection):
        deliveries.forget_refused(connection, tried)
        delivery = new_delivery(intake, delivered, sheet, "accepted")
        delivery = replace(delivery, delivery_id=deliveries.next_id(connection))
        rows = 0
        for batch in sheet.batches:
            kinds = np.where(empty_rows(trimmed_columns(batch)), "blank", "note").astype(object)
            Marks(connection, delivery.delivery_id).skipped(batch.column(0).to_numpy(), kinds)
            rows += batch.num_rows
        delivery = deliveries.counted(connection, replace(delivery, rows_in=rows, reason=reason))
        return deliveries.write(connection, delivery)


def refuse(intake: Intake, refused: Delivery, tried: list[Delivery]) -> Delivery:
    """Write a refusal once; a repeated one keeps the day on which the file first came."""
    with transaction(intake.connection):
        first = deliveries.forget_refused(intake.connection, tried)
        return deliveries.write(intake.connection, replace(refused, received_at=first or refused.received_at))


def same_sheet(tried: list[Delivery], sheet: Sheet | None) -> list[Delivery]:
    """Earlier refusals of this sheet; a refusal of the whole file counts for its first sheet."""
    return [one for one in tried if one.sheet is None or (sheet is not None and one.sheet == sheet.name)]
