"""How fast the review list converges: `python -m benchmarks.identity_oracle <linked.duckdb> <truth.parquet> [answers]`.

Takes a file that benchmarks.identity_link has linked, lets an oracle that knows the truth answer the first questions of
identity.review, links again, and prints recall, precision and what is left to ask, per number of answers.
The file is changed: give it a copy.
"""

import sys
from pathlib import Path

import duckdb

from benchmarks import identity_score as truth
from matching.link import link
from warehouse.connection import connect

ANSWERS = (200, 1_000, 5_000)
# Each person found stands for the true one most of its identities are of; a question is answered by these.
QUESTIONS = """
    with cell as (
        select person_id, person, count(*) as n from (
            select distinct mapped.identity_id, link.person_id, t.person from truth as t
            join identity.row_identity as mapped using (row_id) join identity.link as link using (identity_id)
        ) group by all
    ),
    stands_for as (select person_id, arg_max(person, n * 1e9 - person) as person from cell group by person_id)
    select review.person_id, review.other_person_id, one.person = other.person as is_same
    from identity.review as review
    join stands_for as one on one.person_id = review.person_id
    join stands_for as other on other.person_id = review.other_person_id
    order by review.probability desc, review.review_id limit ?
"""


def answer(database: Path, truth_file: Path, count: int) -> int:
    """Answer the first `count` questions as the truth says and link again; gives the questions then left."""
    with connect(database, spill=Path(f"{database}.spill")) as connection:
        connection.execute(f"create or replace temp view truth as select * from read_parquet('{truth_file}')")
        rows = connection.execute(QUESTIONS, [count]).fetchall()
        connection.execute("begin")
        connection.executemany(
            "insert into identity.judgement values (?, ?, ?, '真值', now()::timestamp)",
            [(one, other, "same" if is_same else "different") for one, other, is_same in rows],
        )
        report = link(connection)
        connection.execute("commit")
    return report.reviews


def main() -> None:
    """Print one line per number of answers."""
    database, truth_file, *counts = sys.argv[1:]
    print("| answers | precision | recall | F1 | questions left |\n|---|---|---|---|---|")
    given = 0
    for total in (0, *(int(count) for count in counts or ANSWERS)):
        left = answer(Path(database), Path(truth_file), total - given) if total else _left(Path(database))
        given = total
        with truth.open_truth(Path(database), Path(truth_file)) as connection:
            score = truth.score(connection, "home.identity.link")
        print(f"| {total} | {score.precision:.6f} | {score.recall:.5f} | {score.f1:.5f} | {left} |", flush=True)


def _left(database: Path) -> int:
    with duckdb.connect(str(database), read_only=True) as connection:
        ((left,),) = connection.execute("select count(*) from identity.review").fetchall()
        return int(left)


if __name__ == "__main__":
    main()
