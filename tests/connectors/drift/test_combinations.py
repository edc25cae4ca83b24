"""Several harmless changes at once change nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connectors.drift import exports
from tests.connectors.drift.exports import EXPORTS
from tests.connectors.small_home import CONTRACTS, SmallHome

FORMATS = {
    **{
        name: lambda rows, name=name: exports.as_csv(rows, name) for name in ("utf-8", "utf-8-sig", "utf-16", "gb18030")
    },
    **{name: lambda rows, mark=mark: exports.separated(rows, mark) for name, mark in (("tsv", "\t"), ("bars", "|"))},
    "xlsx": exports.as_xlsx,
    "xls": exports.as_xls,
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    return {name: SmallHome(tmp_path_factory.mktemp(name) / "home") for name in EXPORTS}


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_reordered_retitled_recoded(homes, undrifted, data):
    department = data.draw(st.sampled_from(sorted(EXPORTS)))
    export, home = EXPORTS[department], homes[department]
    columns = list(CONTRACTS[export.table].columns.values())
    rows = exports.rows_of(export, month=6)
    rows[0] = [data.draw(st.sampled_from(column.headings)) for column in columns]
    order = data.draw(st.permutations(range(len(columns))))
    moved = [[row[place] for place in order] for row in rows]
    unknown = data.draw(st.integers(0, 2))
    for number in range(unknown):
        moved = exports.added(moved, f"附加{number}", lambda row: f"附{row}")
    titles = data.draw(st.lists(st.sampled_from(["某市", "内部资料", "2024年6月", None]), max_size=6))
    name = data.draw(st.sampled_from(sorted(FORMATS)))
    content = FORMATS[name](exports.titled(moved, *titles))
    home.put_table(export.table, content, f"名册2024年{home.runs:02d}月.dat")
    (delivery,) = home.night().deliveries
    assert delivery.status in ("accepted", "unchanged"), delivery.reason
    if delivery.status == "accepted":
        names = ", ".join(column.name for column in columns)
        staged = home.rows(f"select {names} from staging.{export.table} where delivery_id = {delivery.delivery_id}")
        assert sorted(map(str, staged)) == sorted(map(str, undrifted[department]))
        assert ("没有用到的列" in (delivery.reason or "")) <= bool(unknown)
