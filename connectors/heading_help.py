"""Why a sheet was not taken in, and the lines that would change it. Quotes headings only, never data."""

from datetime import date

from connectors.declared import FILE
from connectors.proposals import foreign_units, rename_line, renamed, unclaimed
from connectors.recognise import Fit, Unrecognised
from warehouse.errors import BangfuError

MOST_TOLD = 12


def refusal(found: Unrecognised, *, where: str, today: date) -> BangfuError:
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
    return BangfuError(where=where, found=problem, remedy=_remedy(found, best, today))


def _missing(best: Fit) -> str:
    columns = (best.contract.columns[name] for name in best.missing)
    return "、".join(f"{column.headings[0]}(可写作{'/'.join(column.headings)})" for column in columns)


def _remedy(found: Unrecognised, best: Fit, today: date) -> str:
    """A line for every missing column that has a likely heading; all are needed before the sheet is a table."""
    candidates = unclaimed(best) if found.looks_like_table else {}
    missing = [best.contract.columns[name] for name in best.missing]
    proposed = renamed(best, missing, candidates, found.below, today)
    sentences = [
        rename_line(best.contract, column, proposed[column.name])
        if column.name in proposed
        else _absent(column.headings[0])
        for column in missing
    ]
    if len(proposed) < len(missing) and (foreign := foreign_units(candidates)):
        sentences.append(foreign)
    others = [name for name in candidates.values() if name not in proposed.values()]
    if others:
        sentences.append(f"没有用到的列还有{'、'.join(f'“{name}”' for name in others[:MOST_TOLD])}")
    return ";".join(sentences)


def _absent(heading: str) -> str:
    return f"请部门补上“{heading}”这一列后重报(换了叫法的,在{FILE}里写明)"
