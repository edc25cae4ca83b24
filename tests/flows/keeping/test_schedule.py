"""How long things are kept: the defaults, a home's own words, and what cannot be understood."""

from datetime import date

import pytest

from flows.keeping.schedule import load_schedule, months_before
from warehouse.errors import BangfuError

TODAY = date(2026, 11, 23)


def test_every_default_says_whose_choice_it_is(tmp_path):
    schedule = load_schedule(tmp_path)
    assert not schedule.nightly
    assert all(term.label and term.source for term in schedule.terms.values())
    assert schedule.terms["superseded_rows"].last_day(TODAY) == date(2024, 11, 23)
    assert schedule.terms["replays"].last_day(TODAY) == date(2026, 10, 24)
    assert schedule.terms["left_rows"].last_day(TODAY) is None


def test_a_home_changes_what_it_names_and_nothing_else(tmp_path):
    (tmp_path / "retention.toml").write_text(
        'nightly = true\n[replays]\nmonths = 2\n[backups]\nfolders = ["b"]\n[left_rows]\nmonths = 60\n', "utf-8"
    )
    schedule = load_schedule(tmp_path)
    assert schedule.nightly
    assert schedule.terms["replays"].span == "2 个月" and schedule.terms["replays"].source == "本装置的 retention.toml"
    assert (schedule.terms["backups"].place, schedule.terms["backups"].days) == (["b"], 90)
    assert schedule.terms["logs"] == load_schedule(tmp_path / "none").terms["logs"]


@pytest.mark.parametrize(
    "text",
    [
        "[replay]\ndays = 1",
        "[replays]\ndays = 0",
        "[replays]\ndays = true",
        "[replays]\ndays = 1.5",
        "[replays]\ndays = 1\nmonths = 1",
        "[replays]\nfolders = []",
        '[backups]\nfolders = "b"',
        'nightly = "yes"',
        "replays = 3",
        "[replays",
    ],
)
def test_what_is_not_understood_deletes_nothing(tmp_path, text):
    (tmp_path / "retention.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BangfuError, match="保留期限读不懂"):
        load_schedule(tmp_path)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, before):
    assert months_before(day, months) == before
