"""What one person, or the official before them, reads: whole, masked, in Chinese, never an error on a stranger."""

import duckdb
import pytest

from checks.explain import explain
from tests.warehouse.small_city import CANARY, build_city
from warehouse.errors import BangfuError

RUNNING = (
    "deceased_on_roster",
    "paid_after_exit",
    "double_enrolment",
    "dangerous_house",
    "family_doctor_gap",
    "conflict",
)


@pytest.fixture(scope="module")
def city():
    with duckdb.connect() as connection:
        build_city(connection)
        for person, born in (("P8", "1980-05-05"), ("P9", "1980-05-05"), ("P7", "1981-05-05")):
            connection.execute(
                "insert into identity.person (person_id, name, id_no, birth_date, id_quality, departments) "
                "values (?, '重名人', ?, ?, 'valid', ['health'])",
                [person, f"3205831980050500{person[1]}X", born],
            )
        connection.execute("insert into identity.person_history values ('P77', 'merged', 'P7', 1)")
        connection.execute("insert into identity.review values ('R1', 'P8', 'P9', '1', 0.5, '姓名相同', '待核实')")
        connection.execute(
            "insert into findings.held_back values "
            "('double_enrolment', 'P8', null, '身份或数据尚不确定', 'two_families', null, 'adverse', 'F8', 1)"
        )
        yield connection


@pytest.fixture(scope="module")
def told(city):
    return explain(city, "P1")


@pytest.mark.parametrize(
    "given",
    [
        "P1",
        " p1 ",
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        f"{CANARY['name']} 1949-12-31",
        f"{CANARY['name']},1949年12月31日",
        f"{CANARY['name']},19491231",
        CANARY["name"],
    ],
)
def test_a_person_is_found_by_id_number_or_name_with_birth_date(city, given, told):
    assert explain(city, given) == told


def test_the_number_is_masked(told):
    assert CANARY["id_no"] not in told
    assert "110105********002X" in told


def test_records_are_listed_by_department_file_and_rows_with_the_reason(told):
    assert "民政局 assistance_roster.csv 第 2-7 行:确定,身份证号校验有效且一致,姓名一致" in told


def test_a_finding_shows_facts_with_file_and_row_clause_and_objection(told):
    assert "登记死亡日期 2024-03-05（2 个来源一致）" in told
    assert "依据:2024-03-05 死亡医学证明的死亡日期(卫健委 death_certificates.csv 第 2 行)" in told
    assert "条款原文:财政、审计、监察部门" in told
    assert "60 日内申请行政复议" in told
    assert "涉及金额 1800.00 元" in told


def test_every_rule_of_the_catalogue_is_named_with_a_result(city, told):
    titles = [title for (title,) in city.execute("select title from policy.rule").fetchall()]
    assert [title for title in titles if title not in told] == []
    assert all(f"({rule}," in told for rule in RUNNING)
    assert told.count("结果:") >= len(RUNNING)


def test_parameters_are_shown_with_their_citation_and_inputs_never_delivered_as_unknown(told):
    assert "死亡日期互相印证的最大相差天数 = 3 日(系统设定" in told
    assert "从未收到(按未知处理)" in told
    assert "参数:医疗负担界限(scope=own；scope=household):尚未设定,不据此计算" in told


def test_why_a_rule_says_nothing(city):
    text = explain(city, "P7")
    assert "不在这条规则的范围内:没有任何部门登记死亡" in text
    assert "不在这条规则的范围内:从未在救助名册" in text


def test_what_was_held_back_and_who_may_be_the_same_is_told(city):
    text = explain(city, "P8")
    assert "没有列出,转身份核对(身份或数据尚不确定)" in text
    assert "P9,证件号 320583********" in text
    assert "姓名相同(待核实)" in text


def test_nothing_says_that_money_is_stopped(told):
    quoted = [line for line in told.splitlines() if "停发" in line]
    assert all("条款原文" in line for line in quoted)


def test_several_who_fit_are_listed_masked(city):
    text = explain(city, "重名人 1980-05-05")
    assert "P8" in text and "P9" in text and "P7" not in text
    assert "3205831980" not in text


def test_an_id_that_was_merged_leads_on(city):
    assert explain(city, "P77") == explain(city, "P7")


@pytest.mark.parametrize(
    "given", ["", "P404", "320583198501010012", "查无此人 1980-01-01", "';--", "%", "张三 1980-13-41"]
)
def test_a_stranger_is_an_error_that_repeats_nothing(city, given):
    with pytest.raises(BangfuError) as caught:
        explain(city, given)
    assert not given or given not in str(caught.value)


def test_a_rule_that_does_not_look_at_the_person_is_not_argued(city):
    text = explain(city, "P7")
    assert "死亡日期互相印证的最大相差天数" not in text
    assert "60 日内申请行政复议" in text
