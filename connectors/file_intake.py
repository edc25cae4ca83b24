"""One delivered file: known already, or opened, its sheets recognised and taken in one after the other."""

import logging
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from connectors import deliveries
from connectors.declared import FILE
from connectors.deliveries import TAKEN, Delivery
from connectors.heading_help import refusal
from connectors.inbox import Delivered, Refused
from connectors.machine_fault import is_machine_fault
from connectors.readers import Sheet, open_file
from connectors.recognise import Unrecognised
from connectors.sheet_intake import (
    Intake,
    load_sheet,
    new_delivery,
    open_sheet,
    refuse,
    same_sheet,
    set_aside,
    transaction,
)
from connectors.sheet_load import Plan
from warehouse.errors import BangfuError

log = logging.getLogger(__name__)
NotPlanned = tuple[Sheet, Unrecognised]


def take_file(intake: Intake, delivered: Delivered) -> list[Delivery]:
    """Everything that became of a file in this run; empty where it was known at this place already."""
    known = deliveries.with_content(intake.connection, delivered.sha256)
    here = [one for one in known if _same_place(one, delivered)]
    tried = [one for one in here if one.status == "refused"]
    taken = [one for one in known if one.status in TAKEN]
    done = {one.sheet for one in taken}
    if taken and not any(one.sheet is not None and one.sheet not in done for one in tried):
        return [] if any(one in here for one in taken) else _unchanged(intake, delivered, taken, tried)
    try:
        return _take_sheets(intake, delivered, tried, done)
    except BangfuError as error:
        return [_refuse(intake, delivered, None, str(error), tried)]
    except Exception as error:
        if is_machine_fault(error, delivered.path):
            raise
        return [_refuse(intake, delivered, None, internal_error(error), tried)]


def refuse_unopened(intake: Intake, refused: Refused) -> Delivery:
    """A file that the inbox already could not give out (encrypted zip, truncated zip ...)."""
    known = deliveries.with_content(intake.connection, refused.sha256)
    tried = [one for one in known if one.source_file == refused.source_file and one.status == "refused"]
    delivery = Delivery(
        delivery_id=0,
        department=refused.department,
        source_table=None,
        source_file=refused.source_file,
        sheet=None,
        sha256=refused.sha256,
        received_at=intake.received_at,
        run_id=intake.run_id,
        status="refused",
        reason=refused.reason,
    )
    return refuse(intake, delivery, [one for one in tried if one.department == refused.department])


def refuse_lines(intake: Intake, faults: Sequence[str]) -> list[Delivery]:
    """The lines of the home's own headings that could not be used, told like a refused file until they are mended."""
    known = deliveries.named(intake.connection, FILE)
    if not faults:
        with transaction(intake.connection):
            deliveries.forget_refused(intake.connection, known)
        return []
    delivered = Delivered(None, FILE, intake.home.root / FILE, "", intake.received_at)
    reason = f"{';'.join(faults)}。这几行没有生效,其余照常。处理办法:改正这几行后重新运行"
    return [_refuse(intake, delivered, None, reason, known)]


def _same_place(known: Delivery, delivered: Delivered) -> bool:
    return known.source_file == delivered.source_file and delivered.department in (known.department, None)


def _unchanged(intake: Intake, delivered: Delivered, taken: list[Delivery], tried: list[Delivery]) -> list[Delivery]:
    """The same content under another name: noted once, loaded not again."""
    written = []
    with transaction(intake.connection):
        deliveries.forget_refused(intake.connection, tried)
        for sheet, first in {one.sheet: one for one in reversed(taken)}.items():
            again = replace(
                new_delivery(intake, delivered, None, "unchanged"),
                sheet=sheet,
                department=delivered.department or first.department,
                source_table=first.source_table,
                rows_in=first.rows_in,
                rows_skipped=first.rows_in,
                reason="内容与以前收到的文件完全相同,未重复读入",
            )
            written.append(deliveries.write(intake.connection, again))
    return written


def _take_sheets(intake: Intake, delivered: Delivered, tried: list[Delivery], done: set[str | None]) -> list[Delivery]:
    with open_file(delivered.path, spill=intake.home.scratch) as sheets:
        plans, others = _plans(intake, delivered, [sheet for sheet in sheets if sheet.name not in done])
        results = [_take(intake, delivered, plan, tried) for plan in plans]
        beside = bool(done) or any(one.status == "accepted" for one in results)
        for sheet, found in others:
            if beside and not found.looks_like_table:
                results.append(set_aside(intake, delivered, sheet, same_sheet(tried, sheet)))
            else:
                today = intake.received_at.date()
                reason = str(refusal(found, where=place(delivered, sheet), today=today))
                results.append(_refuse(intake, delivered, sheet, reason, same_sheet(tried, sheet)))
    if results or done:
        return results
    raise BangfuError(where=delivered.source_file, found="文件里没有任何内容", remedy="确认导出成功后重报")


def _plans(intake: Intake, delivered: Delivered, sheets: list[Sheet]) -> tuple[list[Plan], list[NotPlanned]]:
    """Sheets whose table is known, and the others; empty sheets are neither."""
    plans: list[Plan] = []
    others: list[NotPlanned] = []
    for sheet in sheets:
        opened = open_sheet(sheet)
        if opened is None:
            continue
        names = " ".join([delivered.source_file, sheet.name or ""])
        found = intake.recogniser.recognise(opened.head, department=delivered.department, names=names)
        if isinstance(found, Unrecognised):
            others.append((sheet, found))
        else:
            plans.append(Plan(sheet, found, opened.head, opened.first_row, opened.batches))
    return plans, others


def _take(intake: Intake, delivered: Delivered, plan: Plan, tried: list[Delivery]) -> Delivery:
    """One sheet; what goes wrong in it refuses it alone."""
    earlier = same_sheet(tried, plan.sheet)
    try:
        delivery = load_sheet(intake, delivered, plan, earlier)
    except BangfuError as error:
        return _refuse(intake, delivered, plan.sheet, f"{place(delivered, plan.sheet)}:{error}", earlier)
    except Exception as error:
        if is_machine_fault(error, delivered.path):
            raise
        return _refuse(intake, delivered, plan.sheet, internal_error(error), earlier)
    intake.say(f"{delivery.source_file}:{plan.fit.contract.title},入库{delivery.rows_loaded}行")
    return delivery


def _refuse(intake: Intake, delivered: Delivered, sheet: Sheet | None, reason: str, tried: list[Delivery]) -> Delivery:
    intake.say(f"{delivered.source_file}:拒收")
    return refuse(intake, replace(new_delivery(intake, delivered, sheet, "refused"), reason=reason), tried)


def place(delivered: Delivered, sheet: Sheet) -> str:
    """File and sheet as a person would look for them."""
    return delivered.source_file + (f"的工作表“{sheet.name}”" if sheet.name else "")


def internal_error(error: Exception) -> str:
    """Kind and place of a fault in our own code: an exception's text may carry a value, so it is never told."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    code = f"{type(error).__name__}@{Path(frame.filename).name}:{frame.lineno}"
    log.error("intake failed: %s", code)
    return f"程序内部错误({code})。处理办法:把这个代号和文件名告知维护人员,其他文件不受影响"
