"""Why a sheet was not taken in, and the one line that would change it. Quotes headings only, never data."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from connectors.headings import plain
from connectors.recognise import Fit, Unrecognised
from warehouse.errors import BangfuError

NEAR_ENOUGH = 50.0
MOST_QUOTED = 20  # a longer cell is not a heading


def refusal(found: Unrecognised, *, where: str) -> BangfuError:
    """The refusal of a sheet whose heading fits no table, or two."""
    if len(found.rivals) > 1:
        names = "与".join(f"“{one.contract.title}”" for one in found.rivals)
        found_two = f"表头同时符合{names},无法判断是哪一种"
        return BangfuError(where=where, found=found_two, remedy="在文件名或标题行写明表名")
    best = found.best
    if best is None:
        return BangfuError(
            where=where, found="前40行内没有找到表头", remedy="第一行或标题行之下应有列名(如姓名、身份证号码)"
        )
    if not best.missing:
        return BangfuError(
            where=where,
            found=f"表头像“{best.contract.title}”,但没有它特有的列,又不在该部门的文件夹",
            remedy="放入所属部门的文件夹,或补齐该表的列",
        )
    problem = f"表头最接近“{best.contract.title}”,但缺少必填列{_missing(best)}"
    return BangfuError(where=where, found=problem, remedy=_remedy(found, best))


def _missing(best: Fit) -> str:
    columns = (best.contract.columns[name] for name in best.missing)
    return "、".join(f"{column.headings[0]}(可写作{'/'.join(column.headings)})" for column in columns)


def _remedy(found: Unrecognised, best: Fit) -> str:
    unknown = _unknown_headings(best) if found.looks_like_table else []
    for name in best.missing:
        headings = best.contract.columns[name].headings
        near = _nearest(headings, unknown)
        if near:
            return f'若“{near}”就是{headings[0]},在{best.contract.file}的[columns.{name}]的headings里加上"{near}"'
    return "请部门补上这些列后重报"


def _nearest(headings: Sequence[str], unknown: Sequence[str]) -> str | None:
    scored = ((process.extractOne(heading, unknown, scorer=fuzz.ratio, processor=plain)) for heading in headings)
    best = max((hit for hit in scored if hit), key=lambda hit: hit[1], default=None)
    return best[0] if best and best[1] >= NEAR_ENOUGH else None


def _unknown_headings(best: Fit) -> list[str]:
    """Cells of the heading row that no column claims; a digit makes a cell suspect of being data."""
    texts = (text.strip() for position, text in enumerate(best.printed) if position not in best.positions)
    return [text for text in texts if text and len(text) <= MOST_QUOTED and not any(map(str.isdigit, text))]
