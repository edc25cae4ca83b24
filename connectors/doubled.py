"""Two columns of a sheet for one column of the contract: taken together where they agree, refused where not."""

from collections.abc import Callable, Collection, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from connectors.archive import unique_names
from connectors.contract import Column
from connectors.headings import plain
from connectors.proposals import unused_lines
from connectors.recognise import Fit, Source
from connectors.values import Problem, Reading, Value, clean
from warehouse.errors import BangfuError

Read = Callable[[str], Reading]
Readers = Callable[[Source], Read]


def single_column(fit: Fit, name: str, cells: Sequence[pa.StringArray], readers: Readers) -> pa.StringArray:
    """The cells of a contract's column. Differing twins raise BangfuError naming the headings.

    What is compared is what the cells say: a day and the same day with its hour agree.

    Of two differently named optional texts (住址 and 现住址) the contract's preferred heading counts: an
    address may well differ from an address, a number of a person may not.
    """
    column, sources = fit.contract.columns[name], fit.sources[name]
    if len(sources) == 1:
        return cells[sources[0].position]
    if _one_is_enough(column, sources):
        return cells[preferred(column, sources).position]
    merged = cells[sources[0].position]
    for source in sources[1:]:
        other = cells[source.position]
        if source.unit == sources[0].unit:
            agree = _agree(*_unlike(merged, other), readers(sources[0]), readers(source))
        else:  # amounts in two units: what one lacks the other cannot fill in
            agree = _whole(merged, other) and _agree(*_both(merged, other), readers(sources[0]), readers(source))
        if not agree:
            raise _contradiction(fit, column, sources)
        merged = pc.coalesce(merged, other)
    return merged


def preferred(column: Column, sources: Sequence[Source]) -> Source:
    """The source whose heading stands first in the contract."""
    order = {plain(heading): rank for rank, heading in enumerate(column.headings)}
    return min(sources, key=lambda source: order.get(plain(source.printed), len(order)))


def outvoted(fit: Fit, known: Collection[str] = ()) -> list[str]:
    """Headings that stand for a column and do not count, because another one is preferred; none of `known`."""
    names: list[str] = []
    for name, sources in fit.sources.items():
        column = fit.contract.columns[name]
        if len(sources) > 1 and _one_is_enough(column, sources):
            best = preferred(column, sources)
            names += [one.printed for one in sources if one is not best and plain(one.printed) not in known]
    return names


def _one_is_enough(column: Column, sources: Sequence[Source]) -> bool:
    return column.type == "text" and not column.required and len({plain(source.printed) for source in sources}) > 1


def _contradiction(fit: Fit, column: Column, sources: Sequence[Source]) -> BangfuError:
    """Names a repeated heading as the archive does (姓名, 姓名_2), and says how one of them is left out."""
    numbered = unique_names(fit.printed)
    names = [numbered[source.position] for source in sources]
    return BangfuError(
        where=f"表头{'与'.join(f'“{name}”' for name in names)}",
        found=f"两列都是{column.headings[0]},内容却不一致",
        remedy=f"只保留正确的一列,或把另一列改名后重报,{unused_lines(fit.contract, names)}",
    )


def _unlike(left: pa.StringArray, right: pa.StringArray) -> tuple[list[str], list[str]]:
    """The cells of the rows in which both say something, and not in the same letters."""
    differs = pc.fill_null(pc.not_equal(left, right), False)
    pairs = zip(left.filter(differs).to_pylist(), right.filter(differs).to_pylist(), strict=True)
    unlike = [(one, other) for one, other in pairs if clean(one) != clean(other)]
    return [one for one, _ in unlike], [other for _, other in unlike]


def _both(left: pa.StringArray, right: pa.StringArray) -> tuple[list[str], list[str]]:
    said = pc.and_(pc.is_valid(left), pc.is_valid(right))
    return left.filter(said).to_pylist(), right.filter(said).to_pylist()


def _agree(left: list[str], right: list[str], read: Read, read_other: Read) -> bool:
    return all(_same(read(one), read_other(other)) for one, other in zip(left, right, strict=True))


def _same(one: Reading, other: Reading) -> bool:
    return not isinstance(one, Problem) and not isinstance(other, Problem) and _value(one) == _value(other)


def _value(reading: Value) -> object:
    content = reading.content
    return clean(content).replace(" ", "").upper() if isinstance(content, str) else content


def _whole(left: pa.StringArray, right: pa.StringArray) -> bool:
    """Whether the left column needs nothing from the right one, whose amounts are in another unit."""
    return not pc.any(pc.and_(pc.is_null(left), pc.is_valid(right)), min_count=0).as_py()
