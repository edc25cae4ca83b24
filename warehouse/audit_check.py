"""Is the audit log as it was written? Every altered, missing, added or swapped line is named by its number."""

import hashlib
from dataclasses import dataclass

from warehouse.audit import BROKEN, NO_SEAL, Anchor, AuditLog, entry_of, sealed_parts


@dataclass(frozen=True, order=True)
class Fault:
    """Where the log is not as it was written; `line` counts from 1. `what` is Chinese."""

    line: int
    what: str


def check(log: AuditLog, *anchors: Anchor) -> list[Fault]:
    """Every place where a line was altered, removed, added or swapped, or the end cut off.

    `anchors`: lines known from elsewhere (the warehouse keeps one a night); the log's own head is always asked.
    A line that a killed run left unfinished is no fault: the next event sets it aside.
    """
    lines, torn = log.lines()
    head = log.head()
    faults, seals = _follow(lines)
    if head is None and (lines or torn):
        faults.append(Fault(len(lines), f"{log.head_file.name} 不见了或读不出:末尾是否缺行无法核对"))
    for anchor in sorted({anchor for anchor in (head, *anchors) if anchor}, key=lambda anchor: anchor.seq):
        if anchor.seq not in seals:
            faults.append(Fault(len(lines) + 1, f"缺第 {anchor.seq} 条:末尾被截去,或分行被改动"))
        elif seals[anchor.seq] != anchor.seal:
            faults.append(Fault(anchor.seq, "与别处留存的校验值不符:这一行被换过"))
    return sorted(set(faults))


def _follow(lines: list[bytes]) -> tuple[list[Fault], dict[int, str]]:
    """The faults of the chain itself, and by number of event the seal that its text has."""
    faults, seals = [], {}
    expected, before = 1, {NO_SEAL}
    for number, line in enumerate(lines, start=1):
        body, written = sealed_parts(line)
        seal = hashlib.sha256(body).hexdigest()
        entry = entry_of(line) or {}
        seq = entry.get("seq")
        if written != seal:
            faults.append(Fault(number, "内容被改动"))
        elif seq != expected or entry.get("before") not in before:
            faults.append(Fault(number, f"与前一行接不上(应为第 {expected} 条,这里是第 {seq} 条):缺行、多行或换过次序"))
        elif entry.get("event") == BROKEN:
            faults.append(Fault(number, f"写这一行时,前面已不是写下的样子(当时应有 {entry.get('expected')} 条)"))
        # The next line is held against what this one says of itself, so that one fault is told once.
        position = seq if isinstance(seq, int) and written == seal else expected
        seals[position] = seal
        expected, before = position + 1, {seal, written or seal}
    return faults, seals
