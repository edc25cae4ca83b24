"""A sample city judged against its own truth: links and findings. `python -m benchmarks.against_truth`."""

import argparse
import tempfile
from pathlib import Path

import duckdb

from flows.demo import demo
from flows.settings import read_settings

LINKED = """
    create or replace table linked as
    select truth.*, link.person_id, link.certain
    from read_parquet('{truth}/rows.parquet') as truth
    join full_copy.mart.identity_link as link
        on link.department = truth.department
        and link.source_file = truth.source_file
        and link.source_row = truth.source_row
        and link.sheet is not distinct from truth.sheet
"""
PAIRS = """
    select
        (select sum(n * (n - 1) // 2) from (select count(*) as n from linked group by person)) as true_pairs,
        (select sum(n * (n - 1) // 2) from (select count(*) as n from linked group by person_id)) as said_pairs,
        (select sum(n * (n - 1) // 2) from (select count(*) as n from linked group by person, person_id)) as both
"""
WRONG_CERTAIN = "select person_id from linked where certain group by person_id having count(distinct person) > 1"
MEANT = """
    create or replace temp table meant as
    select person_id, arg_max(person, rows) as person
    from (select person_id, person, count(*) as rows from linked group by all)
    group by person_id
"""
FOUND = """
    select finding.condition, meant.person, finding.first_met_on, finding.amount
    from full_copy.mart.finding as finding left join meant using (person_id)
    where finding.rule = ? and finding.condition <> 'at_risk'
"""
DUE = """
    select condition, person, first_met_on, amount
    from read_parquet('{truth}/findings.parquet')
    where rule = ? and (not damaged or ?) and condition <> 'at_risk'
"""
EXACT_RULES = ("work_refusal", "relapse", "double_enrolment", "deceased_on_roster", "dangerous_house")


def open_judgement(full_database: Path, truth: Path) -> duckdb.DuckDBPyConnection:
    """A connection with tables `linked` (rows with true and said person) and `meant` (said person → true person)."""
    connection = duckdb.connect()
    connection.execute(f"attach '{full_database}' as full_copy (read_only)")
    connection.execute(LINKED.format(truth=truth))
    connection.execute(MEANT)
    return connection


def findings(connection: duckdb.DuckDBPyConnection, truth: Path, rule: str) -> tuple[set, set, set]:
    """Found; due for people whose records are whole; due for anybody: (condition, person, day, amount)."""
    due = DUE.format(truth=truth)
    return (
        set(connection.execute(FOUND, [rule]).fetchall()),
        set(connection.execute(due, [rule, False]).fetchall()),
        set(connection.execute(due, [rule, True]).fetchall()),
    )


def report(people: int, seed: int, folder: Path) -> None:
    """Print a city's figures as Markdown rows."""
    truth = folder / "truth"
    settings = read_settings(folder / "home")
    demo(settings, people=people, seed=seed, truth=truth)
    connection = open_judgement(settings.home.full_database, truth)
    true_pairs, said_pairs, both = connection.execute(PAIRS).fetchall()[0]
    wrong = len(connection.execute(WRONG_CERTAIN).fetchall())
    print(f"| {people} | {seed} | {both / said_pairs:.6f} | {both / true_pairs:.4f} | {wrong} |", end="")
    for rule in EXACT_RULES:
        found, due, allowed = findings(connection, truth, rule)
        print(f" {len(due & found)}/{len(due)}, {len(found - allowed)} |", end="")
    print(flush=True)


def main() -> None:
    """Judge cities of the given sizes and seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[20_000])
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    options = parser.parse_args()
    print("| people | seed | pair precision | pair recall | certain links wrong |"
          + "".join(f" {rule}: found/due, not due |" for rule in EXACT_RULES))  # fmt: skip
    print("|---" * (5 + len(EXACT_RULES)) + "|")
    for people in options.people:
        for seed in options.seed:
            with tempfile.TemporaryDirectory() as folder:
                report(people, seed, Path(folder))


if __name__ == "__main__":
    main()
