"""Property 10: measured. What the answers say of each rule, and support counted beside accusation."""

from datetime import date

import openpyxl
import pytest

from warehouse import models

ANSWER_ALL = """
insert into findings.history
select finding_id, as_of, if(row_number() over (order by finding_id) % ? = 0, '不属实', '属实'), '王核实', '核实'
from findings.finding
where rule = ?
"""


@pytest.fixture(scope="module")
def answered(look):
    """Every finding of two rules answered: nine of ten true of one, every second of the other."""
    with look.changed():
        look.ask("delete from findings.history where state in ('属实', '不属实')")
        for rule, wrong_one_of in (("medical_aid", 10), ("care_insurance", 2)):
            look.ask(ANSWER_ALL, wrong_one_of, rule)
        models.build(look.connection, "area", "mart")
        yield look


def measured(look, rule: str, dimension: str) -> list[tuple]:
    return look.ask(
        "select member, answered, found_true, on_trial from mart.rule_precision "
        "where rule = ? and dimension = ? order by all", rule, dimension)  # fmt: skip


def test_10_measured(answered):
    """A rule proved right is off trial; one right every second time, or never answered, is on trial."""
    ((_, count, true, on_trial),) = measured(answered, "medical_aid", "all")
    assert count >= 20 and true == count - count // 10 and not on_trial
    ((_, count, true, on_trial),) = measured(answered, "care_insurance", "all")
    assert count >= 20 and true == count - count // 2 and on_trial
    assert measured(answered, "work_refusal", "all") == [("", 0, 0, True)]


@pytest.mark.parametrize("dimension", ["town", "sex", "age_band", "disability"])
def test_10_measured_by_group(answered, dimension):
    """The groups of each dimension add up to the rule."""
    groups = measured(answered, "medical_aid", dimension)
    whole = measured(answered, "medical_aid", "all")
    assert len(groups) >= 2
    assert [sum(column) for column in list(zip(*groups, strict=True))[1:3]] == list(whole[0][1:3])


def test_10_measured_every_running_rule(answered):
    listed = answered.ask("select rule from mart.rule_precision where dimension = 'all'")
    assert sorted(listed) == sorted(answered.ask("select rule from policy.rule where status = 'running'"))


def test_10_measured_gaps_come_first(city):
    """Each workbook: the sheets of support before those of accusation."""
    titles = {title: kind for title, kind in city.query("select title, kind from policy.rule where status = 'running'")}
    for path in city.workbooks:
        book = openpyxl.load_workbook(path, read_only=True)
        kinds = [titles[name] for name in book.sheetnames if name in titles]
        assert kinds == sorted(kinds, reverse=True)  # supportive, then adverse
        if path.name.startswith("月度核对总表"):
            assert book.sheetnames.index("缺口") < book.sheetnames.index("核实")
        book.close()


def test_10_measured_support_is_counted_beside_accusation(city):
    (path,) = [path for path in city.workbooks if path.name == f"月度核对总表_{date(2026, 6, 1):%Y-%m}.xlsx"]
    book = openpyxl.load_workbook(path, read_only=True)
    cells = [str(cell) for row in book["汇总"].iter_rows(values_only=True) for cell in row if cell is not None]
    book.close()
    for kind in ("supportive", "adverse"):
        ((open_now,),) = city.query("select count(*) from mart.finding where kind = ?", kind)
        assert str(open_now) in cells
