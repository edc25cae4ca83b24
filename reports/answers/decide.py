"""One answer against what is known of its finding: taken in, nothing new, or handed back with the reason.

due-process 7 is kept here: 属实 only after notice, with ten working days gone or an answer, and a named reviewer who is
not the preparer. What would close a finding against the person's interest (a true accusation, a gap that is none) needs
a name; taking an accusation off needs none.
"""

from dataclasses import dataclass, field
from datetime import date

from reports.answers.said import Said
from reports.answers.working_days import Calendar

OPEN, NOTIFIED, REPLIED, TRUE, UNTRUE, EXPIRED = "待核实", "已通知", "已答复", "属实", "不属实", "已过期"
CLOSED = (TRUE, UNTRUE, EXPIRED)
# State → what it may become. A true finding may still be corrected in the person's favour, never the other way.
NEXT = {
    OPEN: (OPEN, NOTIFIED, REPLIED, *CLOSED),
    NOTIFIED: (NOTIFIED, REPLIED, *CLOSED),
    REPLIED: (REPLIED, *CLOSED),
    TRUE: (TRUE, UNTRUE, EXPIRED),
    UNTRUE: (UNTRUE,),
    EXPIRED: (EXPIRED,),
}
# A finding that the data itself ended may still be settled: what was true of its facts stays true of them.
NEXT_OF_ENDED = (TRUE, UNTRUE)


@dataclass(frozen=True)
class Standing:
    """How a finding stands before the answer: its state and what earlier answers to this opening said."""

    state: str
    kind: str
    is_present: bool = True
    notified_on: date | None = None
    replied_on: date | None = None
    by: str | None = field(default=None, repr=False)
    result: str | None = field(default=None, repr=False)
    remark: str | None = field(default=None, repr=False)
    answered_on: date | None = None

    def after(self, said: Said, day: date) -> "Standing":
        """As it stands once the answer is taken in."""
        return Standing(
            state=self.state if said.is_note else said.state or self.state,
            kind=self.kind,
            is_present=self.is_present,
            notified_on=said.notified_on or self.notified_on,
            replied_on=said.replied_on or self.replied_on,
            by=said.by or self.by,
            result=said.result or self.result,
            remark=said.remark or self.remark,
            answered_on=day,
        )


@dataclass(frozen=True)
class Clock:
    """`day`: the day of the run; `latest`: no date may be later; `waiting_days`: policy.answer_working_days."""

    day: date
    latest: date
    calendar: Calendar
    waiting_days: int


def adds_nothing(said: Said, standing: Standing) -> bool:
    """Whether a row only repeats what is known: a prefilled row that nobody touched, or a printed state."""
    if said.state not in (None, OPEN, standing.state) or said.faults:
        return False
    typed = [
        (said.result, standing.result),
        (said.notified_on, standing.notified_on),
        (said.replied_on, standing.replied_on),
        (said.by, standing.by),
        (said.remark, standing.remark),
    ]
    return all(new is None or new == old for new, old in typed)


def objection(said: Said, standing: Standing, clock: Clock) -> str | None:
    """Why the answer cannot be taken in; None where it can."""
    if said.faults:
        return ";".join(said.faults)
    misplaced = _against_states(said, standing) or _against_dates(said, standing, clock)
    return misplaced or _incomplete(said, standing, clock)


def _against_states(said: Said, standing: Standing) -> str | None:
    if said.is_note:
        return None
    if said.state in (None, OPEN):
        return "填了核实情况,没有选状态" if said.state is None else "填了核实情况,状态还是待核实,请选择状态"
    if not standing.is_present and standing.state == EXPIRED:
        ended = "这一条按现有数据已不再符合条件,已自动结束,不必再通知或答复"
        return None if said.state in NEXT_OF_ENDED else ended
    if said.state not in NEXT[standing.state]:
        return f"{_who_and_when(standing)}状态为{standing.state},不能改为{said.state}"
    if said.state == standing.state and said.state in CLOSED and said.by not in (None, standing.by):
        return f"{_who_and_when(standing)}状态为{standing.state},核实人与已登记的不同"
    return None


def _against_dates(said: Said, standing: Standing, clock: Clock) -> str | None:
    for word, new, old in (
        ("通知日期", said.notified_on, standing.notified_on),
        ("答复日期", said.replied_on, standing.replied_on),
    ):
        if new and old and new != old:
            return f"{_who_and_when(standing)}{word}为 {old},与这次填的不同"
        if new and new > clock.latest:
            return f"{word}在今天之后"
    notified, replied = said.notified_on or standing.notified_on, said.replied_on or standing.replied_on
    return "答复日期早于通知日期" if notified and replied and replied < notified else None


def _incomplete(said: Said, standing: Standing, clock: Clock) -> str | None:
    notified, replied = said.notified_on or standing.notified_on, said.replied_on or standing.replied_on
    if said.state in (NOTIFIED, REPLIED, TRUE) and not notified:
        return f"{said.state}要填通知日期"
    if said.state == REPLIED and not replied:
        return "已答复要填答复日期"
    if said.state in CLOSED and not said.by and (said.state == TRUE or standing.kind == "supportive"):
        return f"{said.state}要填核实人"
    if said.state != TRUE or notified is None:
        return None
    if said.by == said.prepared_by:
        return "核实人不能是制表人"
    waited = clock.calendar.between(notified, clock.day)
    if replied or waited >= clock.waiting_days:
        return None
    counted = "" if clock.calendar.knows_holidays else "(只扣除周末)"
    return f"通知后只过了 {waited} 个工作日{counted},要满 {clock.waiting_days} 个工作日或有答复日期才能登记属实"


def _who_and_when(standing: Standing) -> str:
    if standing.answered_on is None:
        return "目前"
    return f"已由{standing.by or '(未署名)'}于 {standing.answered_on} 登记,"


def follows(later: Said, earlier: Said) -> bool:
    """Whether two answers that came in one night are steps of one handling rather than contradictions.

    The earlier one must leave the finding open, and what both say must agree; a reviewer may differ from who notified.
    """
    if earlier.state in CLOSED or later.state == earlier.state or later.state not in NEXT[earlier.state or OPEN]:
        return False
    dates = [(earlier.notified_on, later.notified_on), (earlier.replied_on, later.replied_on)]
    return all(old is None or new is None or old == new for old, new in dates)
