"""A sample city judged against its own truth: links and findings. `python -m benchmarks.against_truth`.

A finding is right with its condition, person (or household), day, amount and national bar. Asked of each rule: is
every finding due for people whose records are whole there, and is none there that is not due? Held back counts apart:
a damaged record of somebody else that may be the person's makes an adverse finding uncertain, as it must. So does what
damage explains: records that are not whole may honestly make a gap look real, and a day or an amount of an adverse
finding differ, but never the accusation itself be untrue.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from connectors.demo_city.oracle import RULES
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
# A household's finding is known by the family's number, a person's by the person.
FOUND = """
    create or replace temp table found as
    select
        finding.rule,
        finding.kind,
        finding.condition,
        meant.person,
        if(finding.person_id is null, finding.family_no, null) as family_no,
        finding.first_met_on,
        finding.amount,
        finding.national_bar,
        coalesce(person.whole, family.whole, false) as whole,
    from full_copy.mart.finding as finding
    left join meant using (person_id)
    left join read_parquet('{truth}/persons.parquet') as person using (person)
    left join read_parquet('{truth}/families.parquet') as family
        on family.family_no = finding.family_no and finding.person_id is null
"""
DUE = """
    create or replace temp table due as
    select * replace (if(person is null, family_no, null) as family_no)
    from read_parquet('{truth}/findings.parquet')
"""
HELD = """
    create or replace temp table held as
    select distinct held.rule, held.condition, meant.person
    from full_copy.findings.held_back as held
    join meant using (person_id)
"""
FACTS = "condition, person, family_no, first_met_on, amount, national_bar"


@dataclass(frozen=True)
class Judged:
    """One rule's findings: due to whole people; of those found and held back, the missing; the invented; by damage."""

    due: int
    found: int
    held: int
    missing: list[tuple]
    invented: list[tuple]
    by_damage: int


def open_judgement(full_database: Path, truth: Path) -> duckdb.DuckDBPyConnection:
    """A connection with tables `linked` (rows with true and said person), `meant`, `found`, `held` and `due`."""
    connection = duckdb.connect()
    connection.execute(f"attach '{full_database}' as full_copy (read_only)")
    for statement in (LINKED, MEANT, FOUND, DUE, HELD):
        connection.execute(statement.format(truth=truth))
    return connection


def judge(connection: duckdb.DuckDBPyConnection, rule: str) -> Judged:
    """What the rule found against what it owes."""

    def rows(table: str, where: str = "true", facts: str = FACTS) -> set[tuple]:
        return set(connection.execute(f"select {facts} from {table} where rule = ? and {where}", [rule]).fetchall())

    due, found = rows("due", "not damaged"), rows("found")
    held = {fact for fact in due - found if fact[:2] in rows("held", facts="condition, person")}
    accused = rows("due", facts="condition, person, family_no")
    by_damage = {
        fact for fact in rows("found", "not whole") - rows("due")
        if fact[:3] in accused or fact in rows("found", "kind = 'supportive'")
    }  # fmt: skip
    missing, invented = due - found - held, found - rows("due") - by_damage
    return Judged(
        len(due), len(due & found), len(held), sorted(missing, key=repr), sorted(invented, key=repr), len(by_damage)
    )


def report(people: int, seed: int, folder: Path) -> None:
    """Print a city's figures as Markdown rows: its links, then one row a rule."""
    truth = folder / "truth"
    settings = read_settings(folder / "home")
    demo(settings, people=people, seed=seed, truth=truth)
    connection = open_judgement(settings.home.full_database, truth)
    true_pairs, said_pairs, both = connection.execute(PAIRS).fetchall()[0]
    wrong = len(connection.execute(WRONG_CERTAIN).fetchall())
    precision, recall = both / said_pairs, both / true_pairs
    print(f"\n{people} people, seed {seed}: pair precision {precision:.6f}, pair recall {recall:.4f},"
          f" certain links wrong {wrong}\n")  # fmt: skip
    print("| rule | due | found | held back | missing | not due | explained by damage |\n" + "|---" * 7 + "|")
    for rule in RULES:
        judged = judge(connection, rule)
        print(f"| {rule} | {judged.due} | {judged.found} | {judged.held} | {len(judged.missing)} |"
              f" {len(judged.invented)} | {judged.by_damage} |", flush=True)  # fmt: skip


def main() -> None:
    """Judge cities of the given sizes and seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[20_000])
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    options = parser.parse_args()
    for people in options.people:
        for seed in options.seed:
            with tempfile.TemporaryDirectory() as folder:
                report(people, seed, Path(folder))


if __name__ == "__main__":
    main()
