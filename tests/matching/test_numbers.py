"""Reading of numbers: what is harmless is undone, what is damaged is never taken for whole."""

import random
from datetime import date

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from matching.numbers import certificate_number, clean, read_number
from matching.statements import statement
from warehouse.resident_number import birth_date, check_character, is_valid, sex, upgrade_15

BIRTHS = some.dates(date(1930, 1, 1), date(2020, 12, 31))
PLACES = some.sampled_from(("320583", "110105", "342601", "810000", "830000", "322726"))


@some.composite
def numbers(draw):
    seventeen = f"{draw(PLACES)}{draw(BIRTHS):%Y%m%d}{draw(some.integers(0, 999)):03d}"
    return seventeen + check_character(seventeen)


@pytest.mark.parametrize(
    "number",
    ["11010519491231002X", "320583198501010012", "810000198501010010", "830000198501010014", "34052419800101001X"],
)
def test_numbers_of_the_standard_are_valid(number):
    assert is_valid(number)


@pytest.mark.parametrize(
    "number",
    [
        "320583198502300012",
        "000000000000000000",
        "999999999999999999",
        "34052419800101001x",
        "320583198501010013",
        "",
        "990583198501010012",
    ],
)
def test_what_is_no_number_is_not_valid(number):
    assert not is_valid(number)


def test_birth_in_the_future_or_of_the_very_long_dead_is_not_valid():
    assert not is_valid("320583198501010012", today=date(1984, 12, 31))
    assert not is_valid("440524188001010014", today=date(2026, 1, 1))


@given(numbers(), some.integers(0, 17), some.sampled_from("0123456789X"))
def test_one_wrong_character_never_passes(number, place, character):
    assume(number[place] != character)
    slipped = number[:place] + character + number[place + 1 :]
    assert not is_valid(slipped)
    assert read_number(slipped).number is None


@given(numbers(), some.integers(0, 16))
def test_two_neighbours_swapped_never_pass(number, place):
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert read_number(swapped).number is None


@given(numbers())
def test_an_old_number_upgrades_to_its_successor(number):
    assume(number[6:8] == "19" and not number.startswith("8"))
    old = number[:6] + number[8:17]
    assert upgrade_15(old) == number
    assert (read_number(old).quality, read_number(old).number, read_number(old).cosmetic) == (
        "upgraded_15",
        number,
        False,
    )


def _full_width(number: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in number)


COSMETIC = {
    "apostrophe": lambda number: f"'{number}",
    "formula": lambda number: f'="{number}"',
    "tab": lambda number: f"\t{number}\t",
    "blanks": lambda number: f"{number[:6]} {number[6:14]}\u00a0{number[14:]}",
    "invisible": lambda number: f"\ufeff{number[:3]}\u200b{number[3:]}",
    "full width": _full_width,
    "lower case": str.lower,
    "Cyrillic": lambda number: number.replace("X", "Х"),
    "multiplication sign": lambda number: number.replace("X", "×"),
    "zero fraction": lambda number: number if "X" in number else f"{number}.0",
}


@pytest.mark.parametrize("damage", COSMETIC.values(), ids=COSMETIC.keys())
@given(number=numbers())
def test_every_harmless_damage_is_undone(damage, number):
    read = read_number(damage(number))
    assert (read.quality, read.number, read.cosmetic) == ("valid", number, True)


@given(some.text(some.sampled_from("0123456789Xx'\"=. \u200b１２*×E+"), max_size=24))
def test_cleaning_is_idempotent_and_reading_never_fails(text):
    assert clean(clean(text)) == clean(text)
    read_number(text)


@given(numbers())
def test_a_cut_number_is_never_taken_for_whole_unless_its_check_agrees(number):
    cut = number[:15] + "000"
    read = read_number(cut)
    assert read.quality == ("valid" if is_valid(cut) else "excel_truncated")


@given(numbers())
def test_a_number_through_a_double_keeps_a_trace(number):
    assume("X" not in number)
    read = read_number(str(int(float(number))))
    assert read.number is not None or read.rounded == float(number) or read.quality == "excel_truncated"


@pytest.mark.parametrize(
    ("written", "quality"),
    [
        (None, "missing"),
        ("无", "missing"),
        ("办理中", "missing"),
        ("000000000000000000", "missing"),
        ("111111111111111", "missing"),
        ("13812345678", "missing"),
        ("3.20583E+17", "scientific"),
        ("320583********0012", "masked"),
        ("3205**********0012", "masked"),
        ("320583198501010000", "excel_truncated"),
        ("320583198501010013", "invalid"),
        ("H1234567800", "other_document"),
        ("32058319850101001242", "restored_certificate"),
    ],
)
def test_damage_is_called_by_its_name(written, quality):
    assert read_number(written).quality == quality


def test_letters_for_digits_are_read_but_not_believed():
    read = read_number("32O5831985O1O1OOl2")
    assert (read.number, read.digits) == (None, "320583198501010012")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("32058319850101001242", "320583198501010012"),
        ("3205 8319 8501 0100 1242", "320583198501010012"),
        ("11010519491231002x44B1", "11010519491231002X"),
        ("32058319850101000042", None),
        (None, None),
        ("残320583", None),
    ],
)
def test_a_certificate_gives_the_number_only_if_whole(written, number):
    assert certificate_number(written) == number


def test_sex_and_birth_are_read_from_the_number():
    assert (sex("320583198501010012"), birth_date("320583198501010012")) == ("male", date(1985, 1, 1))


def test_the_check_in_sql_is_the_check_in_python():
    source = random.Random(1)
    written = ["", "9", "32058319850101001x", "320583190001010017", "320583190601010018", "320583203001010014"]
    for _ in range(3000):
        seventeen = (
            f"{source.choice(('320583', '810000', '993205', '990101'))}{source.choice((1899, 1906, 1985, 2025, 2031))}"
        )
        seventeen += f"{source.randrange(1, 14):02d}{source.randrange(1, 33):02d}{source.randrange(1000):03d}"
        written.append(seventeen + source.choice((check_character(seventeen), "5")))
    with duckdb.connect() as connection:
        connection.execute("create schema identity")
        connection.execute(
            "create table identity.identity as select unnest(?) as id_no, unnest(range(?)) as identity_id,"
            " '甲' as name, null as disability_no, null as sex, null::date as birth_date, null as birth_precision",
            [written, len(written)],
        )
        query = f"select identity_id, number_no, digits, odd from ({statement('written')})"
        found = connection.execute(query).fetchall()
    numbers = {
        place: (int(one[:17]), int(one) if one[-1] != "X" else None)
        for place, one in enumerate(written)
        if is_valid(one)
    }
    assert {place: (seventeen, digits) for place, seventeen, digits, odd in found if odd is None} == numbers
    assert all(odd == written[place] and seventeen is None for place, seventeen, _, odd in found if odd is not None)
    assert 300 < len(numbers) < 2000
