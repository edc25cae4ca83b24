"""How right a partition of written identities is, beside the truth: pairs, B-cubed, what went wrong and why.

The unit is a distinct written identity of a true person (an identity that two people share counts once for each).
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

# What is left of an identity may be shared with other records of its person and fit nobody else: a clue. Damaged
# digits give several, as a slip or a cut leaves other parts of them whole.
CLUES = """
    create or replace temp table clue as
    select unit, person, unnest([
        'n' || sound || number, 'd' || sound || digits, 'c' || sound || digits[1:15], 'h' || sound || digits[1:10],
        'm' || sound || digits[1:6] || '*' || digits[len(digits) - 3:], 'v' || sound || digits[7:14],
        't' || sound || digits[len(digits) - 7:], 'b' || sound || birth, 'p' || sound || phone,
        'a' || sound || address, 'f' || sound || family
    ]) as clue
    from judged join fields using (identity_id)
"""
REACHABLE = """
    create or replace temp table reachable as
    select distinct unit from clue semi join (
        select clue from clue where clue is not null group by clue
        having count(distinct person) = 1 and count(distinct unit) > 1
    ) using (clue)
"""


@dataclass(frozen=True)
class Score:
    """Pairwise and B-cubed figures of one partition."""

    precision: float
    recall: float
    bcubed_precision: float
    bcubed_recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)

    @property
    def bcubed(self) -> float:
        return 2 * self.bcubed_precision * self.bcubed_recall / (self.bcubed_precision + self.bcubed_recall or 1)


def open_truth(database: Path, truth: Path) -> duckdb.DuckDBPyConnection:
    """A connection with `judged` (unit, identity_id, person, label): who each identity truly is, and its damage."""
    connection = duckdb.connect()
    connection.execute(f"attach '{database}' as home (read_only)")
    connection.execute(
        f"""create table judged as
        select row_number() over () as unit, identity_id, person, coalesce(min(nullif(label, '')), '') as label
        from read_parquet('{truth}') join home.identity.row_identity using (row_id) group by identity_id, person"""
    )
    return connection


def score(connection: duckdb.DuckDBPyConnection, partition: str) -> Score:
    """Figures of a table or file (identity_id, person_id); an identity it does not name stands alone."""
    connection.execute(
        f"""create or replace temp table placed as
        select judged.*, coalesce(found.person_id, 'alone ' || judged.identity_id) as person_id
        from judged left join {partition} as found using (identity_id)"""
    )
    ((true, found, right),) = connection.execute(
        """select (select sum(n * (n - 1)) from (select count(*) as n from placed group by person)),
            (select sum(n * (n - 1)) from (select count(*) as n from placed group by person_id)),
            (select sum(n * (n - 1)) from (select count(*) as n from placed group by person, person_id))"""
    ).fetchall()
    ((precision, recall),) = connection.execute(
        """with cell as (select person, person_id, count(*) as n from placed group by all)
        select sum(n * n / of_found) / sum(n), sum(n * n / of_true) / sum(n)
        from (select n, sum(n) over (partition by person_id) as of_found, sum(n) over (partition by person) as of_true
              from cell)"""
    ).fetchall()
    return Score(right / (found or 1), right / true, precision, recall)


def _main() -> str:
    """Each person found stands for the true one most of its identities are of, and the other way round."""
    return """
        with cell as (select person, person_id, count(*) as n from placed group by all),
        stands_for as (select person_id, arg_max(person, n * 1e9 - person) as person from cell group by person_id),
        lives_in as (select person, min_by(person_id, (-n, person_id)) as person_id from cell group by person)
    """


def wrong_by_cause(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """(damage, method, identities) of those linked to somebody else, most first; needs our identity.link."""
    return connection.execute(
        _main()
        + """
        select placed.label, link.method, count(*) from placed
        join stands_for using (person_id) join home.identity.link as link using (identity_id)
        where stands_for.person <> placed.person group by all order by 3 desc, 1, 2"""
    ).fetchall()


def apart_by_cause(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """(damage, identities) of those that stand apart from where most of their person's identities are."""
    return connection.execute(
        _main()
        + """
        select placed.label, count(*) from placed join lives_in using (person)
        where lives_in.person_id <> placed.person_id group by all order by 2 desc, 1"""
    ).fetchall()


def certain_wrong(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many identities are marked certain, and how many of those are of another than most certain ones there."""
    return connection.execute(
        """with sure as (select placed.* from placed join home.identity.link as link using (identity_id)
                      where link.certain),
        cell as (select person, person_id, count(*) as n from sure group by all),
        stands_for as (select person_id, arg_max(person, n * 1e9 - person) as person from cell group by person_id)
        select count(*), count(*) filter (stands_for.person <> sure.person)
        from sure join stands_for using (person_id)"""
    ).fetchall()[0]


def possible_recall(connection: duckdb.DuckDBPyConnection) -> float:
    """Share of true pairs both of whose sides have a clue; `fields` (identity_fields) must be there."""
    connection.execute(CLUES)
    connection.execute(REACHABLE)
    ((possible, true),) = connection.execute(
        """select (select sum(n * (n - 1)) from (select count(*) as n from judged semi join reachable using (unit)
                group by person)),
            (select sum(n * (n - 1)) from (select count(*) as n from judged group by person))"""
    ).fetchall()
    return possible / true
