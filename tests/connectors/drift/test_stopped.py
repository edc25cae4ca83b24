"""Five departments, every kind of drift that would cost values: stopped with the column and the line that accepts it.

What is expected after the line is added comes from the same export delivered without drift.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.connectors.drift import exports
from tests.connectors.drift.exports import EXPORTS, Export, Rows
from tests.connectors.drift.months import Drift, dates, declare, delivered, first_month, staged
from tests.connectors.small_home import CONTRACTS

LINE = re.compile("『(.+?)』")


@dataclass(frozen=True)
class Stop:
    """drift: the export that is stopped. named: the heading the reason names, as printed or as the contract says."""

    drift: Drift
    named: Callable[[Export], str]


def _renamed(column: str) -> Stop:
    def drift(export: Export, rows: Rows) -> Rows:
        place = export.at(getattr(export, column))
        return exports.headed(rows, place, f"本期{rows[0][place]}情况")

    return Stop(drift, lambda export: f"本期{export.heading(getattr(export, column))}情况")


def _coded(export: Export, rows: Rows) -> Rows:
    place = export.at(export.coded)
    return exports.changed(rows, place, lambda text: export.new_word if text == export.word else text)


def _doubled(export: Export, rows: Rows) -> Rows:
    return exports.added(rows, export.heading(export.required), lambda number: f"另一个{number}")


def _other_name(export: Export, rows: Rows) -> Rows:
    heading = CONTRACTS[export.table].columns["id_no"].headings[-1]
    return exports.added(rows, heading, lambda number: f"32058319{number}")


STOPPED: dict[str, Stop] = {
    "a required column renamed": _renamed("required"),
    "an optional column renamed": _renamed("optional"),
    "a new code": Stop(_coded, lambda export: export.heading(export.coded)),
    "days before months": Stop(
        dates(lambda text: f"{exports.day_of(text):%d/%m/%Y}"), lambda export: export.heading(export.day)
    ),
    "months before days": Stop(
        dates(lambda text: f"{exports.day_of(text):%m-%d-%Y} 08:30"), lambda export: export.heading(export.day)
    ),
    "years of the republic": Stop(
        dates(lambda text: f"民国{exports.day_of(text).year - 1911}年{exports.day_of(text):%m月%d日}"),
        lambda export: export.heading(export.day),
    ),
    "years of two digits": Stop(dates(lambda text: text[2:]), lambda export: export.heading(export.day)),
    "a column twice with other content": Stop(_doubled, lambda export: export.heading(export.required)),
    "two columns of numbers that differ": Stop(
        _other_name, lambda export: CONTRACTS[export.table].columns["id_no"].headings[-1]
    ),
}


@pytest.mark.parametrize("kind", STOPPED)
@pytest.mark.parametrize("department", EXPORTS)
def test_stopped_until_the_proposed_line_is_added(tmp_path, undrifted, department, kind):
    export, stop = EXPORTS[department], STOPPED[kind]
    home = first_month(tmp_path, export)
    before = staged(home, export)
    status, reason = delivered(home, export, stop.drift(export, exports.rows_of(export, month=6)))
    assert (status, staged(home, export)) == ("refused", before), reason
    assert f"“{stop.named(export)}”" in reason
    assert f"{export.table}_2024年06月.csv" in [row[0] for row in home.rows("select source_file from raw.delivery")]
    declare(home, LINE.search(reason)[1])
    (delivery,) = home.night().deliveries
    assert (delivery.status, staged(home, export)) == ("accepted", undrifted[department]), delivery.reason


def test_the_second_of_two_equal_headings_may_be_the_right_one(tmp_path, undrifted):
    export = EXPORTS["health"]
    home = first_month(tmp_path, export)
    rows = exports.rows_of(export, month=6)
    place = export.at("hospital")
    twice = exports.added(rows, rows[0][place], lambda number: rows[number + 1][place])
    status, reason = delivered(home, export, exports.changed(twice, place, lambda text: f"旧{text}"))
    assert status == "refused"
    declare(home, LINE.findall(reason)[1])
    assert home.night().accepted == 1
    assert staged(home, export) == undrifted["health"]


@pytest.mark.parametrize("department", EXPORTS)
def test_numbers_where_codes_were_wait_for_their_meaning(tmp_path, undrifted, department):
    """What 91 means nobody can guess: a line for each, in which the code is left to the office."""
    export = EXPORTS[department]
    home = first_month(tmp_path, export)
    rows, place = exports.rows_of(export, month=6), export.at(export.coded)
    words = sorted({row[place] for row in rows[1:]})
    numbered = {word: f"9{number}" for number, word in enumerate(words)}
    status, reason = delivered(home, export, exports.changed(rows, place, numbered.get))
    assert (status, export.heading(export.coded) in reason) == ("refused", True)
    codes = {numbered[word]: CONTRACTS[export.table].columns[export.coded].codes[word] for word in words}
    lines = [one for one in LINE.findall(reason) if '"?"' in one]
    assert len(lines) == len(words)
    declare(home, *(line.replace("?", codes[re.search(r'\."(\d+)"', line)[1]]) for line in lines))
    assert home.night().accepted == 1
    assert staged(home, export) == undrifted[department]


@pytest.mark.parametrize("department", EXPORTS)
def test_an_optional_column_gone(tmp_path, undrifted, department):
    export = EXPORTS[department]
    home = first_month(tmp_path, export)
    before = staged(home, export)
    rows = exports.dropped(exports.rows_of(export, month=6), export.at(export.optional))
    status, reason = delivered(home, export, rows)
    assert (status, staged(home, export)) == ("refused", before)
    assert f"以前有的列“{export.heading(export.optional)}”这次没有" in reason
    declare(home, LINE.search(reason)[1])
    assert home.night().accepted == 1
    place = export.at(export.optional)
    without = sorted((row[:place] + row[place + 1 :] for row in undrifted[department]), key=str)
    assert sorted((row[:place] + row[place + 1 :] for row in staged(home, export)), key=str) == without
    assert {row[place] for row in staged(home, export)} == {None}


@pytest.mark.parametrize("department", EXPORTS)
def test_a_required_column_gone_has_no_line_that_helps(tmp_path, department):
    export = EXPORTS[department]
    home = first_month(tmp_path, export)
    before = staged(home, export)
    rows = exports.dropped(exports.rows_of(export, month=6), export.at(export.required))
    status, reason = delivered(home, export, rows)
    assert (status, staged(home, export)) == ("refused", before)
    assert f"请部门补上“{export.heading(export.required)}”" in reason
    assert not LINE.search(reason)


@pytest.mark.parametrize("department", EXPORTS)
def test_numbers_that_became_floats(tmp_path, undrifted, department):
    """Their last digits are lost: taken only when the office says so, and then as printed."""
    export = EXPORTS[department]
    home = first_month(tmp_path, export)
    rows, place = exports.rows_of(export, month=6), export.at("id_no")
    ruined = exports.changed(rows, place, lambda text: f"{float(text[:17] + '0'):.14E}")
    status, reason = delivered(home, export, ruined)
    assert (status, f"列“{export.heading('id_no')}”" in reason) == ("refused", True)
    declare(home, LINE.search(reason)[1])
    assert home.night().accepted == 1
    assert {row[place] for row in staged(home, export)} == {row[place] for row in ruined[1:]}
    others = sorted((row[:place] + row[place + 1 :] for row in undrifted[department]), key=str)
    assert sorted((row[:place] + row[place + 1 :] for row in staged(home, export)), key=str) == others


UNREADABLE = {"words where dates were": ("day", "以档案为准"), "words where amounts were": ("money", "详见附件")}


@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("department", EXPORTS)
def test_what_no_line_can_mend_is_stopped_with_its_column(tmp_path, department, kind):
    export = EXPORTS[department]
    field, text = UNREADABLE[kind]
    column = getattr(export, field) or export.day
    home = first_month(tmp_path, export)
    before = staged(home, export)
    rows = exports.changed(exports.rows_of(export, month=6), export.at(column), lambda _: text)
    status, reason = delivered(home, export, rows)
    assert (status, staged(home, export)) == ("refused", before)
    assert f"列“{export.heading(column)}”有40格读不出" in reason
    assert text not in reason


@pytest.mark.parametrize("department", [name for name, export in EXPORTS.items() if export.money])
def test_a_unit_nobody_knows_is_never_taken_for_yuan(tmp_path, department):
    export = EXPORTS[department]
    home = first_month(tmp_path, export)
    foreign = f"{export.heading(export.money)}(美元)"
    rows = exports.headed(exports.rows_of(export, month=6), export.at(export.money), foreign)
    status, reason = delivered(home, export, rows)
    assert (status, f"“{foreign}”的单位不认识" in reason) == ("refused", True)
    assert f'["{foreign}"]' not in reason
