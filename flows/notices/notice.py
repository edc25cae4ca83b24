"""What can be told, and in which words. Counts, tables and months; no file name, no person."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.late import Expected

FAILED, REFUSED, UNDELIVERED = "run_failed", "refused", "undelivered"
LATE, NO_NIGHT, UNPULLED = "late", "no_night", "unpulled"


@dataclass(frozen=True)
class Notice:
    """One message. `occasions`: what it is about; it is sent when one of them has not been told before."""

    kind: str
    subject: str
    text: str
    occasions: tuple[str, ...]

    @property
    def notice_id(self) -> str:
        """The same for the same occasions: a message sent twice can be recognised."""
        return fingerprint(self.kind, *self.occasions)


def fingerprint(*parts: str) -> str:
    """A short hash that stands for its parts, so that file names enter neither ledger nor message."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def run_failed(command: str, reason: str, day: date) -> Notice:
    """A run that failed; the same reason is told once a day."""
    text = f"bangfu {command} 没有完成:\n{reason}\n\n上次发布的内容仍然有效。详情见数据目录下的 logs 和 bangfu status。"
    return Notice(FAILED, f"运行失败({command})", text, (fingerprint(command, reason, day.isoformat()),))


def refused(by_department: dict[str, list[str]]) -> Notice:
    """Deliveries and answers that are refused now: department → one fingerprint each."""
    lines = [f"{department}:{len(prints)} 份" for department, prints in sorted(by_department.items())]
    text = "已完成并发布,但下列数据未能接收(原因和处理办法见 bangfu status):\n" + "\n".join(lines)
    occasions = tuple(sorted(one for prints in by_department.values() for one in prints))
    return Notice(REFUSED, "有数据未能接收", text, occasions)


def undelivered(entries: list[tuple[str, str, str]]) -> Notice:
    """Workbooks that did not reach their recipient: (month, recipient's key, what became of it)."""
    lines = [f"{month} {recipient}:{state}" for month, recipient, state in entries]
    text = "下列工作簿没有送达(原因见 bangfu status):\n" + "\n".join(lines)
    return Notice(UNDELIVERED, "有邮件没有送达", text, tuple(fingerprint(*entry) for entry in entries))


def late(deliveries: list[Expected]) -> Notice:
    """Deliveries past their day."""
    lines = [
        f"{one.department} {one.title}:{f'最近一期 {one.last},应于 {one.due_on} 前交' if one.last else '从未收到'}"
        for one in deliveries
    ]
    text = "下列数据逾期未交:\n" + "\n".join(lines)
    return Notice(LATE, "有数据逾期未交", text, tuple(f"{one.source_table} {one.due_on}" for one in deliveries))


def no_night(last: str | None, hours: int) -> Notice:
    """No good night for some hours; `last`: when the last one ended, None where there never was one."""
    told = f"上一次成功的夜间运行结束于 {last}" if last else "还没有记录到成功的夜间运行"
    text = f"{told},已超过 {hours} 小时。\n请检查定时任务是否在运行,再看 bangfu status 和数据目录下的 logs。"
    return Notice(NO_NIGHT, "夜间运行没有按时完成", text, (f"since {last}",))


def unpulled(faults: Mapping[str, tuple[str, str]]) -> Notice:
    """Sources that deliveries could not be fetched from: source → (since when, why)."""
    lines = [f"{source}(自 {since}):{why}" for source, (since, why) in faults.items()]
    text = "下列来源的数据没有拉取到:\n" + "\n".join(lines)
    occasions = tuple(f"{source} {since}" for source, (since, _) in faults.items())
    return Notice(UNPULLED, "有数据没有拉取到", text, occasions)
