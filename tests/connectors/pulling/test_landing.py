"""Paths of a source become paths that stay inside the inbox, whatever the source calls its files."""

import os
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.inbox import walk
from connectors.pulling.landing import clean_path, names
from connectors.readers.zip_members import is_ignored

hard = st.sampled_from(
    [
        "..",
        ".",
        "",
        "/",
        "\\",
        "\x00",
        ".x",
        "~$a.xlsx",
        "a.part",
        "Thumbs.db",
        "__MACOSX",
        " ",
        "\udcff",
        "\ud800",
        "x" * 300,
        "名" * 300 + ".xlsx",
    ]
)
components = st.text(max_size=40) | hard | st.tuples(hard, st.text(max_size=10), hard).map("".join)
paths = st.lists(components, max_size=5)


@given(paths)
def test_a_cleaned_path_stays_inside_and_can_be_written(parts):
    cleaned = clean_path(parts)
    assert cleaned
    target = Path("/inbox/x").joinpath(*cleaned)
    assert Path(os.path.normpath(target)).is_relative_to("/inbox/x")
    assert len(target.relative_to("/inbox/x").parts) == len(cleaned)
    for one in cleaned:
        assert not is_ignored(one)
        assert len(one.encode()) <= 180
        assert not set(one) & {"/", "\\", "\x00", "\n"}
    assert clean_path(cleaned) == cleaned


@given(components, st.floats())
def test_further_names_differ_and_keep_the_ending(name, modified):
    (cleaned,) = clean_path([name])[-1:]
    few = list(islice(names(cleaned, modified), 4))
    assert few[0] == cleaned
    assert len(set(few)) == 4
    assert all(len(one.encode()) <= 255 and not is_ignored(one) for one in few)
    ending = Path(cleaned).suffix
    assert not 0 < len(ending.encode()) <= 20 or {Path(one).suffix for one in few} == {ending}


@given(st.sets(st.text("名册ab", min_size=200, max_size=210), min_size=2, max_size=4))
def test_long_names_stay_apart(several):
    assert len({clean_path([one])[0] for one in several}) == len(several)


@pytest.mark.parametrize("name", ["名册 202605.xlsx", "2026年5月(更正).csv", "a.tar.gz", "·买买提·.xls"])
def test_usual_names_are_left_alone(name):
    assert clean_path(["五月", name]) == ["五月", name]


def test_what_traverses_lands_inside(desk):
    """A server may say anything; through the filesystem itself no such name can be made here."""
    from connectors.pulling.landing import part_of

    folder = desk.home.inbox / "health" / "pulled" / "x"
    folder.mkdir(parents=True)
    with part_of("x", folder) as part:
        part.write(b"one")
        assert part.land(["..", "..", "/etc", "a/b.csv"], 0.0) == folder / "_etc" / "a_b.csv"
    assert [one.source_file for one in walk(desk.home.inbox, spill=desk.home.spill)] == ["pulled/x/_etc/a_b.csv"]
