"""docs/policy.md does what it says: its files, taken from the page into an empty home, prove themselves and run."""

import re
from pathlib import Path

import pytest

from checks.clause_proof import prove_clauses
from checks.clauses import load_clauses
from warehouse.errors import BangfuError

ROOT = Path(__file__).parents[2]
POLICY = ROOT / "policy"
BLOCK = re.compile(
    r"`home/(?P<file>[\w/]+\.(?:toml|sql))`[^\n]*\n(?:[^`\n][^\n]*\n)*\n```\w+\n(?P<text>.*?)```", re.DOTALL
)


@pytest.fixture
def home(tmp_path):
    page = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    written = []
    for block in BLOCK.finditer(page):
        file = tmp_path / block["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block["text"], encoding="utf-8")
        written.append(file.name)
    assert written == ["elderly_alone_age.toml", "clause.toml", "rule.sql", "cases.toml"]
    return tmp_path / "policy"


def change(home: Path, name: str, old: str, new: str) -> None:
    file = home / "clauses" / "elderly_alone" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def status(home: Path) -> str:
    (clause,) = [clause for clause in load_clauses(POLICY, home) if clause.rule == "elderly_alone"]
    assert clause.status == "running" or clause.reason
    return clause.status


def test_the_example_of_the_page_runs_once_its_cases_have_passed(home):
    assert status(home) == "planned"
    assert prove_clauses(POLICY, home) == {"elderly_alone": []}
    assert status(home) == "running"


def test_another_text_needs_another_proof(home):
    prove_clauses(POLICY, home)
    change(home, "rule.sql", "<= figure.as_of\n", "< figure.as_of\n")
    assert status(home) == "planned"
    assert prove_clauses(POLICY, home)["elderly_alone"]
    change(home, "rule.sql", "< figure.as_of\n", "<= figure.as_of\n")
    assert status(home) == "planned"


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("rule.sql", "<= figure.as_of\n", "< figure.as_of\n", "“八十岁生日当天算已满”不符"),
        ("rule.sql", "count(distinct person_id) = 1", "count(*) > 0", "“家里还有别人的不列”不符"),
        ("rule.sql", "core.helped", "core.helpt", "无法运行.*helpt"),
        ("rule.sql", "core.helped", "raw.delivery", "不能读 raw.delivery"),
        ("rule.sql", "core.helped", "read_csv('x.csv')", "不能读 read_csv"),
        ("rule.sql", "with\n", "drop table core.helped;\nwith\n", "rule.sql 读不懂"),
        ("rule.sql", "as condition", "as kind_of_case", "rule.sql 的列是"),
        ("clause.toml", '["elderly_alone_age"]', '["elderly_age"]', "uses 里不认识 elderly_age"),
        ("clause.toml", '["assistance_roster"]', '["roster"]', "needs 里不认识 roster"),
        ("clause.toml", 'recipients      = ["civil_affairs"]', 'recipients = ["民政局"]', "不认识 民政局"),
        ("clause.toml", "请社区走访", "请停发", "停发"),
        ("clause.toml", "quote ", "qoute ", "qoute"),
        ("cases.toml", "given.assistance_roster = [", "given.roster = [", "没有这个表"),
        ("cases.toml", 'months = ["2026-05", "2026-06"]', 'months = ["2026-05"]', "写得不对"),
    ],
)
def test_a_clause_with_a_fault_is_told_which_and_does_not_run(home, name, old, new, told):
    change(home, name, old, new)
    faults = "\n".join(prove_clauses(POLICY, home)["elderly_alone"])
    assert re.search(told, faults, re.DOTALL)
    assert status(home) == "planned"


def test_cases_that_only_find_or_only_do_not_prove_nothing(home):
    cases = home / "clauses" / "elderly_alone" / "cases.toml"
    first, *rest = cases.read_text(encoding="utf-8").split("\n\n")
    cases.write_text(first, encoding="utf-8")
    assert prove_clauses(POLICY, home)["elderly_alone"] == ["cases.toml 没有不应当列出(expect = [])的用例"]
    cases.write_text("\n\n".join(rest), encoding="utf-8")
    assert prove_clauses(POLICY, home)["elderly_alone"] == ["cases.toml 没有应当列出的用例"]


def test_a_half_written_clause_stops_no_night(home):
    (home / "clauses" / "begun").mkdir()
    (home / "clauses" / "begun" / "clause.toml").write_text("rule =", encoding="utf-8")
    (clause,) = [clause for clause in load_clauses(POLICY, home) if clause.rule == "begun"]
    assert (clause.status, clause.sql) == ("planned", None)
    assert "读不懂" in (clause.reason or "")


def test_a_clause_of_the_project_cannot_be_replaced(home):
    (home / "clauses" / "elderly_alone").rename(home / "clauses" / "work_refusal")
    with pytest.raises(BangfuError, match="work_refusal 出现了两次"):
        load_clauses(POLICY, home)
