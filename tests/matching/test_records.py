"""Golden pairs of records: who may become one person and who must not, whichever comes first."""

import re
import tomllib
from pathlib import Path

import pytest

from matching.link import link
from tests.matching.staged import add_rows, new_warehouse, number, people_of

CASES = tomllib.loads((Path(__file__).parent / "records.toml").read_text(encoding="utf-8"))["case"]
NUMBERS = {"A": number(birth="19750309", sequence=345), "B": number(birth="19790812", sequence=118)}


def written(text):
    """[A] the number, [A:6] its first six, [A-4] its last four, [A~14] with the digit at place 14 another."""

    def replaced(found):
        whole, sign, place = NUMBERS[found[1]], found[2], int(found[3] or 0)
        if sign == "~":
            return whole[:place] + str((int(whole[place]) + 5) % 10) + whole[place + 1 :]
        return {"": whole, ":": whole[:place], "-": whole[-place:]}[sign]

    return re.sub(r"\[([AB])([:~-]?)(\d*)\]", replaced, text)


def is_one_person(*records):
    with new_warehouse() as city:
        rows = []
        for record in records:
            fields = {name: value for name, value in record.items() if name != "table"}
            if "id_no" in fields:
                fields["id_no"] = written(fields["id_no"])
            if "disability_no" in fields:
                fields["disability_no"] = written(fields["disability_no"])
            rows += add_rows(city, record["table"], fields)
        link(city)
        one, other = people_of(city, rows)
        return one == other


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:40] for case in CASES])
def test_two_records_are_one_person_or_two(case):
    assert is_one_person(case["one"], case["other"]) is case["link"], case["why"]
    assert is_one_person(case["other"], case["one"]) is case["link"], "the order of files must not matter"


def test_as_many_must_not_match_as_must():
    assert sum(case["link"] for case in CASES) * 2 == len(CASES)
