"""What the gate tells a person: the place, what was measured, the bound, and the line that would accept it."""

from collections.abc import Mapping, Sequence

from checks.quality.bounds import HOME_FILE
from checks.quality.judging import Expectation
from checks.quality.measures import read_measures, shown_figure
from checks.quality.profile import Subject

SHOWN_HASH = 16
MOST_TOLD = 3
BEYOND = {"lower": "低于", "upper": "高于"}


def stop_reason(subject: Subject, broken: Sequence[Expectation]) -> str:
    """Why a delivery was stopped and how to have it taken in all the same. Holds no value of a row."""
    headings = [subject.heading(one.column_name) if one.column_name else None for one in broken]
    told = ";".join(fault(one, heading) for one, heading in list(zip(broken, headings, strict=True))[:MOST_TOLD])
    more = f"等{len(broken)}项" if len(broken) > MOST_TOLD else ""
    sheet = f"的工作表“{subject.told['sheet']}”" if subject.told["sheet"] else ""
    return (
        f"{subject.told['source_file']}{sheet}:质量检查停收,{told}{more};以前收下的仍然有效。"
        f"处理办法:更正后重报;核对无误要照收的,在 {HOME_FILE} 里加一行:{accepting_line(subject.sha256)}"
    )


def fault(one: Expectation, heading: str | None) -> str:
    """One expectation that was not met, in a few words. heading: its column's, as printed."""
    column = f"列“{heading}”的" if heading else ""
    measured, bound = shown_figure(one.measure, one.measured), shown_figure(one.measure, one.bound)
    return f"{column}{read_measures()[one.measure].zh}为 {measured},{BEYOND[one.side]}界限 {bound}"


def accepting_line(sha256: str) -> str:
    """The line of quality.toml that takes this very content in."""
    return f'accept.{sha256[:SHOWN_HASH]} = "核对无误"'


def proposal(row: Mapping[str, object], heading: str | None) -> str:
    """Why a bound should move. row: one of quality.proposal; heading: the usual one of its column."""
    measure, bound, proposed = str(row["measure"]), float(str(row["bound"])), float(str(row["proposed"]))
    column = f"列“{heading}”的" if heading else ""
    return (
        f"最近 {row['deliveries']} 次收下的交付,{column}{read_measures()[measure].zh}都碰到界限 "
        f"{shown_figure(measure, bound)},这样的提醒已经没有用处;属实的话,界限改为 {shown_figure(measure, proposed)}"
    )
