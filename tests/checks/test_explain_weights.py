"""Why a record is somebody's: each comparison with its weight, sums that add up, never a value of the record."""

import pytest

from checks.explain_weights import weight_lines
from matching.link import link
from tests.matching.staged import add_rows, new_warehouse, number, people_of

WHOLE = number(birth="19750309", sequence=345)


@pytest.fixture(scope="module")
def told():
    with new_warehouse() as city:
        rows = add_rows(city, "contributions", {"name": "陶景明", "id_no": WHOLE})
        rows += add_rows(city, "properties", {"name": "陶景明", "id_no": WHOLE[:15] + "000"})
        link(city)
        one, other = people_of(city, rows)
        assert one == other
        return weight_lines(city, one, place=lambda department, file, sheet, numbers: f"{department} {file} {numbers}")


def test_the_number_and_the_name_come_first(told):
    assert told[0].startswith("号码完好的记录:身份证号一致(全市 1 人各有一个)")
    assert "姓名一致(1 人同名)" in told[0]


def test_each_comparison_of_a_weighed_record_stands_in_a_line_and_the_sums_add_up(told):
    table = told[1:]
    assert table[0].startswith("housing a.csv [1](可能性 9")
    compared, total = table[1:-1], table[-1]
    assert [line.split(":")[0].strip() for line in compared] == ["号码后三位被表格软件改成零,前十五位相同", "姓名一致"]
    for place in (1, 2, 3):
        weights = [float(line.split("对")[place].lstrip("外人家双胞胎 ").rstrip(",")) for line in compared]
        whole = float(total.split("对")[place].lstrip("外人家双胞胎 ").rstrip(","))
        assert whole == pytest.approx(sum(weights), abs=0.11)


def test_no_name_and_no_number_is_told(told):
    text = "\n".join(told)
    assert "陶" not in text and WHOLE[:15] not in text


def test_a_person_without_a_number_and_without_weighed_records_has_no_lines():
    with new_warehouse() as city:
        rows = add_rows(city, "properties", {"name": "张伟"})
        link(city)
        assert weight_lines(city, people_of(city, rows)[0], place=str.format) == []
