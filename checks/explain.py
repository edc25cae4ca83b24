"""`bangfu explain`: everything the system holds against or for one person, in plain Chinese."""

from typing import Any

import duckdb

from checks.explain_rules import rule_lines
from checks.explain_weights import WEIGHTS_HEAD, weight_lines
from checks.find_person import find_people, rows

DEPARTMENTS = {
    "civil_affairs": "民政局",
    "hr_social_security": "人社局",
    "disabled_persons_federation": "残联",
    "health": "卫健委",
    "housing": "住建局",
}
SEXES = {"male": "男", "female": "女"}
QUALITIES = {
    "valid": "号码完好",
    "upgraded_15": "由 15 位旧号升位",
    "restored_certificate": "由残疾人证号恢复",
    "missing": "没有号码",
    "other_document": "其他证件",
}
RULES_HEAD = "【各条规则】查看的数据在哪个文件哪一行,见上面“各部门的记录”"
CLOSING = (
    "以上都是提请核对的线索和依据,不是决定。任何影响待遇的书面决定都由主管部门作出并说明理由;"
    "不服的,可以自收到决定之日起 60 日内申请行政复议。登记有误的,可以要求登记的部门更正。"
)


def explain(connection: duckdb.DuckDBPyConnection, person: str) -> str:
    """All about one person: records and why they are theirs, every rule with result, inputs, clause, objection.

    `person` is a person_id, an ID number, or name and birth date ("张三 1980-05-05"). Where several
    people fit, they are listed, masked, instead. Reads schemas mart, core, linked, policy, findings
    and identity of the published warehouse. Raises BangfuError when nobody fits.
    """
    people = find_people(connection, person)
    known = rows(connection, "people", people=people)
    if len(known) > 1:
        return "\n".join(["有几个人符合,请用人员编号再查:", *(f"  {_who(one)}" for one in known)])
    person_id = str(known[0][0])
    parts = [
        [f"【人员】{_who(known[0])}"],
        _section("基本情况", [said for (said,) in rows(connection, "standing", person=person_id)]),
        _section("各部门的记录", _records(connection, person_id)),
        _section(WEIGHTS_HEAD, weight_lines(connection, person_id, place=_place)),
        _section("可能是同一人,等待核对", _doubts(connection, person_id)),
        [RULES_HEAD, *rule_lines(connection, person_id, place=_place)],
        [f"【说明】{CLOSING}"],
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def _who(known: tuple[Any, ...]) -> str:
    person_id, name, number, sex, birth_date, quality, departments = known
    seen = "、".join(DEPARTMENTS.get(department, department) for department in departments or [])
    shown = [
        person_id,
        name or "(没有姓名)",
        SEXES.get(sex, "性别未知"),
        f"{birth_date} 生" if birth_date else "出生日期未知",
        f"证件号 {number or '未知'}({QUALITIES.get(quality, '号码有缺损')})",
        f"见于 {seen or '无'}",
    ]
    return ",".join(shown)


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"【{title}】" + ("" if lines else "无"), *(f"  {line}" for line in lines)]


def _records(connection: duckdb.DuckDBPyConnection, person_id: str) -> list[str]:
    lines = []
    for department, title, file, sheet, because, certain, numbers in rows(connection, "records", person=person_id):
        certainty = "确定" if certain else "可能"
        place = _place(department, file, sheet, numbers)
        lines.append(f"{title}({len(numbers)} 行){place}:{certainty},{because}")
    return lines


def _doubts(connection: duckdb.DuckDBPyConnection, person_id: str) -> list[str]:
    return [
        f"{other},证件号 {number or '未知'}:{because}({state})"
        for other, number, because, state in rows(connection, "doubts", person=person_id)
    ]


def _place(department: str | None, file: str | None, sheet: str | None, numbers: list[int]) -> str:
    """Where rows lie, e.g. `民政局 名册.xlsx[甲镇] 第 2-14、20 行`."""
    where = f"{DEPARTMENTS.get(department or '', department)} {file}{f'[{sheet}]' if sheet else ''}"
    return f"{where} 第 {_runs(numbers)} 行"


def _runs(numbers: list[int]) -> str:
    """Ascending numbers with unbroken runs shortened: [2, 3, 4, 9] → "2-4、9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
