"""quality.toml: what may stand there, and that everything else is named as wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.quality.bounds import SEVERITIES, SIDES, project_bounds, read_home
from checks.quality.expected import Figure, expected
from checks.quality.measures import read_measures
from checks.quality.tables import Column, Table
from warehouse.errors import BangfuError

COLUMNS = {"deaths": ["name", "id_no"], "properties": ["name"]}
HASH = "0123456789ab"
DEATHS = Table(
    "deaths",
    "snapshot",
    None,
    {name: Column(name, kind, frozenset({kind}), name) for name, kind in (("name", "text"), ("id_no", "id_no"))},
)


def read(folder, *lines: str):
    (folder / "quality.toml").write_text("\n".join(lines), encoding="utf-8")
    return read_home(folder, COLUMNS)


def bound_of(home, measure: str, column: str | None = None, severity: str = "critical", side: str = "lower"):
    told = expected((*project_bounds(), *home.bounds), DEATHS, [Figure(measure, column, 1, 1000)], SEVERITIES)
    return next((one.bound for one in told if (one.severity, one.side) == (severity, side)), None)


def test_without_a_file_the_projects_bounds_stand(tmp_path):
    home = read_home(tmp_path, COLUMNS)
    assert bound_of(home, "rows_ratio") == 0.5
    assert not home.accepts(HASH * 5)


def test_the_bound_of_a_column_outranks_its_tables_and_that_the_one_for_all(tmp_path):
    lines = [
        "bound.any.filled_ratio.warning_lower = 0.4",
        "bound.deaths.filled_ratio.warning_lower = 0.3",
        "bound.deaths.name.filled_ratio.warning_lower = 0.2",
    ]
    home = read(tmp_path, *lines)
    assert bound_of(home, "filled_ratio", "name", "warning") == 0.2
    assert bound_of(home, "filled_ratio", "id_no", "warning") == 0.3
    home = read(tmp_path, lines[0])
    assert bound_of(home, "filled_ratio", "name", "warning") == 0.4


def test_a_bound_for_some_types_stands_beside_the_one_for_all(tmp_path):
    home = read_home(tmp_path, COLUMNS)
    assert bound_of(home, "filled_ratio", "id_no") == 0.05
    assert bound_of(home, "filled_ratio", "name") is None


def test_a_moved_bound_keeps_what_it_must_stand_on(tmp_path):
    home = read(tmp_path, "bound.deaths.rows_ratio.critical_lower = 0.3")
    few = expected(home.bounds, DEATHS, [Figure("rows_ratio", None, 0.1, 5)], SEVERITIES)
    assert few == []


def test_a_measure_without_a_bound_gets_one(tmp_path):
    home = read(tmp_path, "bound.deaths.distinct_keys.warning_lower = 10")
    assert bound_of(home, "distinct_keys", severity="warning") == 10


def test_a_file_is_accepted_by_the_start_of_its_hash(tmp_path):
    home = read(tmp_path, f'accept.{HASH} = "名单确实少了"')
    assert home.accepts(HASH + "f" * 52)
    assert not home.accepts("f" * 64)


WRONG = {
    "no table of ours": ("bound.death.rows_ratio.critical_lower = 0.3", "没有 death 这张表"),
    "no measure of ours": ("bound.deaths.rowsratio.critical_lower = 0.3", "没有 rowsratio 这项指标"),
    "no column of the table": ("bound.deaths.age.filled.warning_lower = 0.3", "age 不是"),
    "a column for a whole delivery": ("bound.deaths.name.rows_ratio.critical_lower = 0.3", "name 不是"),
    "no severity": ("bound.deaths.rows_ratio.fatal_lower = 0.3", "critical_lower"),
    "a word for a number": ('bound.deaths.rows_ratio.critical_lower = "0.3"', "应是数字"),
    "a measure of a whole layer": ("bound.any.people_ratio.warning_lower = 0.1", "没有 people_ratio"),
    "a number out of this world": (f"bound.any.rows_ratio.critical_lower = 1{'0' * 400}", "应是数字"),
    "no number": ("bound.deaths.rows_ratio.critical_lower = nan", "应是数字"),
    "true": ("bound.deaths.rows_ratio.critical_lower = true", "应是数字"),
    "too short a place": ("bound.deaths.rows_ratio = 0.3", "应写作"),
    "a hash too short": ('accept.0123 = "因为"', "内容指纹"),
    "no hash": ('accept.名册 = "因为"', "TOML|内容指纹"),
    "no reason": (f'accept.{HASH} = ""', "原因"),
    "a list of hashes": (f'accept = ["{HASH}"]', "内容指纹"),
    "another word": ("bounds.deaths.rows_ratio.critical_lower = 0.3", "不认识的项目"),
    "the same line twice": ("bound.any.rows_ratio.critical_lower = 1\n" * 2, "TOML"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_line_is_named(tmp_path, case):
    line, words = WRONG[case]
    with pytest.raises(BangfuError) as raised:
        read(tmp_path, line)
    assert any(word in str(raised.value) for word in words.split("|"))
    assert "quality.toml" in str(raised.value)


def test_all_wrong_lines_are_named_at_once(tmp_path):
    with pytest.raises(BangfuError, match=r"(?s)age.*fatal_lower|fatal_lower.*age"):
        read(tmp_path, WRONG["no column of the table"][0], WRONG["no severity"][0])


WORDS = st.sampled_from(["bound", "accept", "any", "deaths", "name", "filled", "rows_ratio", "warning_lower", HASH])
VALUES = st.sampled_from(["0.3", "false", '"因为"', "[]", "{}", "1e400", "-1", "2026-01-01"])
LINES = st.lists(st.builds(lambda key, value: f"{'.'.join(key)} = {value}", st.lists(WORDS, min_size=1), VALUES))


@settings(deadline=None, max_examples=150)
@given(content=st.one_of(LINES.map("\n".join).map(str.encode), st.binary(max_size=40)))
def test_whatever_stands_there_is_followed_or_named(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("home")
    (folder / "quality.toml").write_bytes(content)
    try:
        home = read_home(folder, COLUMNS)
    except BangfuError as error:
        assert "quality.toml" in str(error)
    else:
        assert all(one.measure in read_measures() and one.side in SIDES for one in home.bounds)


def test_every_bound_of_the_project_is_of_a_measure_there_is():
    assert {bound.measure for bound in project_bounds()} <= set(read_measures())
    compared = {one.before for one in read_measures().values() if one.before}
    assert compared <= set(read_measures())
