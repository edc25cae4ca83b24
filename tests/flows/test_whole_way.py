"""From files to workbooks: what the sample city's truth says must be what readers see."""

import shutil
from datetime import date

import duckdb
import openpyxl
import pytest

from benchmarks.against_truth import PAIRS, WRONG_CERTAIN, judge, open_judgement
from connectors.demo_city.oracle import RULES
from flows.cli import main
from flows.nightly import nightly
from flows.settings import read_settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def judged(city):
    """Every loaded row with the person the truth says and the person we say."""
    return open_judgement(city.home.full_database, city.truth)


def test_every_physical_row_is_loaded_rejected_or_skipped_once(city):
    unequal = city.query("""
        select source_file from mart.delivery
        where rows_in <> rows_loaded + rows_rejected + rows_skipped
    """)
    assert unequal == []
    counted = duckdb.sql(f"""
        select department, source_file, sheet, count(*) as rows_in
        from read_parquet('{city.truth}/rows.parquet') group by all
    """).fetchall()
    said = city.query("select department, source_file, sheet, rows_in from mart.delivery")
    assert sorted(counted, key=repr) == sorted(said, key=repr)


def test_rows_the_city_spoilt_are_rejected_and_the_others_loaded(city):
    wrong = duckdb.connect()
    wrong.execute(f"attach '{city.home.full_database}' as full_copy (read_only)")
    rows = wrong.execute(f"""
        select truth.source_table, truth.fate, count(*) as rows
        from read_parquet('{city.truth}/rows.parquet') as truth
        left join full_copy.mart.identity_link as link
            on link.department = truth.department and link.source_file = truth.source_file
            and link.source_row = truth.source_row and link.sheet is not distinct from truth.sheet
        where (truth.fate = 'loaded') <> (link.person_id is not null)
        group by all
    """).fetchall()
    assert rows == []


def test_pairs_of_rows_are_linked_with_precision_and_recall(judged):
    true_pairs, said_pairs, both = judged.execute(PAIRS).fetchall()[0]
    assert both / said_pairs >= 0.999
    assert both / true_pairs >= 0.95


def test_no_link_marked_certain_is_wrong(judged):
    assert judged.execute(WRONG_CERTAIN).fetchall() == []


@pytest.mark.parametrize("rule", RULES)
def test_every_due_finding_is_there_and_none_that_is_not_due(judged, rule):
    result = judge(judged, rule)
    assert result.due >= 3, "the sample city plants every rule"
    assert result.missing == [], "due but not found"
    assert result.invented == [], "found but not due"


def test_every_finding_is_read_back_to_a_row_that_was_loaded(city):
    (findings,) = city.query("select count(*) from mart.finding")[0]
    without = city.query("""
        select finding_id from mart.finding
        where finding_id not in (
            select evidence.finding_id from mart.finding_evidence as evidence
            join mart.identity_link as link
                on link.department = evidence.department and link.source_table = evidence.source_table
                and link.source_file = evidence.source_file and link.source_row = evidence.source_row
        )
    """)
    assert findings > 50
    assert without == []


def test_workbooks_open_and_count_what_the_warehouse_counts(city):
    names = {path.name for path in city.workbooks}
    assert "月度核对总表_2026-06.xlsx" in names
    assert len([name for name in names if name.startswith("例外清单_")]) == 5
    for path in city.workbooks:
        book = openpyxl.load_workbook(path)
        assert book.sheetnames
        book.close()


def test_a_second_night_with_nothing_new_changes_nothing_and_says_so(city, capsys):
    before = city.home.full_database.stat()
    code = main(["nightly", "--home", str(city.home.root), "--as-of", "2026-06-30", "--quiet"])
    assert code == 0
    assert "没有新内容" in capsys.readouterr().out
    assert city.home.full_database.stat().st_ino == before.st_ino


def test_renamed_and_rezipped_files_give_the_same_persons_and_findings(city, tmp_path):
    other = read_settings(tmp_path / "home")
    other.home.prepare()
    for number, file in enumerate(sorted(city.home.inbox.rglob("*"), reverse=True)):
        if file.is_file():
            department = file.relative_to(city.home.inbox).parts[0]
            folder = other.home.inbox / department / f"批次{number % 3}"
            folder.mkdir(exist_ok=True)
            shutil.copyfile(file, folder / f"文件{number}{file.suffix}")
    shutil.copytree(city.home.policy, other.home.policy)
    nightly(other, as_of=date(2026, 6, 30))
    statement = """
        select rule, condition, person_id, family_no, first_met_on, amount, state from mart.finding order by all
    """
    with duckdb.connect(str(other.home.full_database), read_only=True) as connection:
        assert connection.execute(statement).fetchall() == city.query(statement)
        persons = "select person_id, name, id_no, birth_date from mart.person order by all"
        assert connection.execute(persons).fetchall() == city.query(persons)


def test_explain_status_and_rules_answer_in_chinese(city, capsys):
    ((person_id,),) = city.query("select person_id from mart.finding where person_id is not null order by all limit 1")
    for command in (["explain", person_id], ["status"], ["rules"]):
        assert main([command[0], "--home", str(city.home.root), "--quiet", *command[1:]]) == 0
        assert len(capsys.readouterr().out) > 200
