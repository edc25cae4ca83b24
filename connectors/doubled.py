"""Two columns of a sheet for one column of the contract: taken together where they agree, refused where not."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from connectors.contract import Column
from connectors.headings import plain
from connectors.recognise import Source
from connectors.values import clean
from warehouse.errors import BangfuError


def single_column(column: Column, sources: Sequence[Source], cells: Sequence[pa.StringArray]) -> pa.StringArray:
    """The cells of a contract's column. Differing twins raise BangfuError naming the headings.

    Of two differently named optional texts (住址 and 现住址) the contract's preferred heading counts: an
    address may well differ from an address, a number of a person may not.
    """
    if len(sources) == 1:
        return cells[sources[0].position]
    if column.type == "text" and not column.required and len({plain(source.printed) for source in sources}) > 1:
        return cells[preferred(column, sources).position]
    merged = cells[sources[0].position]
    for source in sources[1:]:
        other = cells[source.position]
        if _contradict(merged, other):
            names = "与".join(f"“{one.printed}”" for one in sources)
            raise BangfuError(
                where=f"表头{names}",
                found=f"两列都是{column.headings[0]},内容却不一致",
                remedy="只保留正确的一列,或把另一列改名后重报",
            )
        merged = pc.coalesce(merged, other)
    return merged


def preferred(column: Column, sources: Sequence[Source]) -> Source:
    """The source whose heading stands first in the contract."""
    order = {plain(heading): rank for rank, heading in enumerate(column.headings)}
    return min(sources, key=lambda source: order.get(plain(source.printed), len(order)))


def _contradict(left: pa.StringArray, right: pa.StringArray) -> bool:
    differs = pc.fill_null(pc.not_equal(left, right), False)
    pairs = zip(left.filter(differs).to_pylist(), right.filter(differs).to_pylist(), strict=True)
    return any(clean(one) != clean(other) for one, other in pairs)
