"""Great Expectations judges figures: both sides of a bound, its own faults, and nothing that leaks."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.quality import judging
from checks.quality.bounds import SEVERITIES, SIDES
from checks.quality.judging import Expectation, failed
from warehouse.errors import BangfuError

NUMBERS = st.floats(-1e12, 1e12).map(lambda number: round(number, 6))
EXPECTATIONS = st.builds(
    Expectation, st.just("filled"), st.none(), st.sampled_from(SEVERITIES), st.sampled_from(SIDES), NUMBERS, NUMBERS
)


@settings(deadline=None, max_examples=25)
@given(st.lists(EXPECTATIONS, max_size=12))
def test_fails_exactly_what_lies_beyond_its_bound(expectations):
    beyond = {
        place
        for place, one in enumerate(expectations)
        if (one.measured < one.bound if one.side == "lower" else one.measured > one.bound)
    }
    assert failed(expectations) == beyond


def test_a_figure_at_its_bound_is_well():
    assert failed([Expectation("filled", None, "critical", side, 0.5, 0.5) for side in SIDES]) == set()


def test_nothing_to_judge_needs_no_library(monkeypatch):
    monkeypatch.setattr(judging, "_library", lambda: pytest.fail("imported for nothing"))
    assert failed([]) == set()


class Raised:
    """A result as the library gives it when an expectation could not be evaluated."""

    success = False
    exception_info = {"('metric', ())": {"raised_exception": True, "exception_message": "320583"}}
    result = {"unexpected_index_list": []}


@pytest.mark.parametrize("results", [[Raised()], []], ids=["one raised", "none came back"])
def test_an_expectation_that_could_not_be_judged_is_a_fault_of_the_program(monkeypatch, results):
    monkeypatch.setattr(judging._Library, "validate", lambda *_: results)
    with pytest.raises(BangfuError, match="检查程序自身出错") as raised:
        failed([Expectation("filled", None, "critical", "lower", 0.5, 0.4)])
    assert "320583" not in str(raised.value)


def test_the_library_tells_what_failed_and_no_figure(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    library = judging._Library()
    frame = judging._frame([Expectation("median", "amount", "warning", "upper", 50.0, 98765.4375)])
    (result,) = library.validate(frame, ["warning"], judging.NAMES_ALONE)
    assert result.expectation_config.severity == "warning"
    assert not result.success
    assert "98765" not in str(result.to_json_dict())
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - hidden files too


def test_it_says_nothing_on_the_screen(capfd):
    failed([Expectation("filled", None, "critical", "lower", 0.5, 0.4)])
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "")
    assert not Path("gx").exists()
