"""Runs mutants against a rule's cases: every case's tables are built once, then each mutant only selects from them."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.mutation_mutants import DIALECT, POLICY, Mutant, mutants, parsed
from checks.cases import Case, Row, difference, load_cases, open_bench, prepare_case, rows_of

EQUIVALENT = Path(__file__).parent / "mutation_equivalent.toml"


@dataclass(frozen=True)
class Score:
    """One rule's mutants: how many fail a case, which nobody can tell from the rule, and which survive.

    `unused` are entries of mutation_equivalent.toml that name no surviving mutant.
    """

    rule: str
    killed: int
    equivalent: int
    survivors: list[Mutant]
    unused: list[str]

    @property
    def mutants(self) -> int:
        return self.killed + self.equivalent + len(self.survivors)


class CaseDatabases:
    """The cases of a rule, each in its own database; those that killed most at a place of the rule are asked first."""

    def __init__(self, rule: str) -> None:
        sql = parsed(rule).sql(DIALECT)
        self.cases = [(case, _built(case, sql)) for case in load_cases(POLICY / "clauses" / rule)]
        self.kills: Counter[tuple[str, str]] = Counter()

    def failed_case(self, sql: str, *, place: str = "") -> str | None:
        """The name of a case that a SELECT fails, or None; `place` is the CTE that was changed in it.

        A SELECT that does not bind raises duckdb.Error.
        """
        for case, database in sorted(self.cases, key=lambda built: self._kills_of(built[0], place), reverse=True):
            if not _passes(database, case, sql):
                self.kills.update([(place, case.name), ("", case.name)])
                return case.name
        return None

    def _kills_of(self, case: Case, place: str) -> tuple[int, int]:
        return self.kills[place, case.name], self.kills["", case.name]

    def close(self) -> None:
        for _, database in self.cases:
            database.close()


def _built(case: Case, rule_sql: str) -> duckdb.DuckDBPyConnection:
    database = open_bench(POLICY)
    prepare_case(database, case, rule_sql)
    database.execute("pragma disable_optimizer")  # over a handful of rows the optimizer takes longer than the query
    return database


def _passes(database: duckdb.DuckDBPyConnection, case: Case, sql: str) -> bool:
    try:
        found: list[Row] = rows_of(database, sql)
    except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
        raise
    except duckdb.Error:  # a value that cannot be computed stops the night: as good as a failed case
        return False
    return difference(found, case.expect) is None


def score(rule: str) -> Score:
    """Every mutant of a rule against its cases. Raises ValueError where the rule itself fails one."""
    databases = CaseDatabases(rule)
    if failed := databases.failed_case(parsed(rule).sql(DIALECT)):
        raise ValueError(f"{rule} itself fails: {failed}")
    reasons = equivalents(rule)
    outcomes = [(mutant, outcome(databases, mutant)) for mutant in mutants(rule)]
    databases.close()
    alive = [mutant for mutant, fate in outcomes if fate == "survived"]
    fingerprints = {mutant.fingerprint for mutant in alive}
    return Score(
        rule,
        killed=sum(fate == "killed" for _, fate in outcomes),
        equivalent=len(fingerprints & reasons.keys()),
        survivors=[mutant for mutant in alive if mutant.fingerprint not in reasons],
        unused=sorted(reasons.keys() - fingerprints),
    )


def outcome(databases: CaseDatabases, mutant: Mutant) -> str:
    """killed, survived, or stillborn: a change that is no SQL over these tables counts nowhere."""
    try:
        return "killed" if databases.failed_case(mutant.sql, place=mutant.place) else "survived"
    except duckdb.Error:
        return "stillborn"


def equivalents(rule: str) -> dict[str, str]:
    """Fingerprint → why no data can tell that mutant from the rule."""
    content: dict[str, Any] = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")) if EQUIVALENT.exists() else {}
    entries = [entry for entry in content.get("equivalent", []) if entry["rule"] == rule]
    return {fingerprint: entry["reason"] for entry in entries for fingerprint in entry["fingerprints"]}
