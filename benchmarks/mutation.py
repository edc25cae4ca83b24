"""Do the cases notice a wrong rule? `python -m benchmarks.mutation [RULE…]` changes each rule in every small way.

It prints, per rule, the mutants that fail no case: with the line, what changed, and the mutant's fingerprint.
All rules take half an hour; with `--kept FILE` each score is written down, and a rule whose texts have not changed
since is not tried again. Exit status 1 while any mutant survives, so that it can stand in a pipeline.
"""

import argparse
import sys
import time
from pathlib import Path

from benchmarks.mutation_mutants import POLICY
from benchmarks.mutation_run import Score, score
from benchmarks.mutation_scores import keep_score, kept_score, texts_under
from checks.clauses import load_clauses


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", nargs="*", help="default: every rule that runs")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="where scores are kept from run to run")
    asked = parser.parse_args()
    rules = asked.rules or [clause.rule for clause in load_clauses(POLICY) if clause.status == "running"]
    scores = [_told(place, len(rules), rule, asked.kept) for place, rule in enumerate(rules, start=1)]
    total, left = sum(each.mutants for each in scores), sum(len(each.survivors) for each in scores)
    equivalent = sum(each.equivalent for each in scores)
    share = (total - equivalent - left) / (total - equivalent) if total > equivalent else 1.0
    print(f"{len(rules)} rules: {total} mutants, {equivalent} equivalent, {left} survive: {share:.2%} killed")
    return 1 if left else 0


def _told(place: int, rules: int, rule: str, kept: Path | None) -> Score:
    """The score of one rule, kept or measured now, and a line about it."""
    began = time.monotonic()
    texts = texts_under(rule)
    result = kept_score(kept, texts) if kept else None
    if result is None:
        result = score(rule)
        if kept:
            keep_score(kept, texts, result)
    told = f"{result.mutants} mutants, {result.equivalent} equivalent, {len(result.survivors)} survive"
    print(f"[{place}/{rules}] {rule}: {told} ({time.monotonic() - began:.0f} s)")
    _print_left(result)
    return result


def _print_left(result: Score) -> None:
    for mutant in result.survivors:
        print(f"    {mutant.fingerprint} line {mutant.line} {mutant.place}: {mutant.kind}: {_short(mutant.before)}")
        print(f"        → {_short(mutant.after) or '(left out)'}")
    for fingerprint in result.unused:
        print(f"    {fingerprint} in mutation_equivalent.toml names no surviving mutant")
    sys.stdout.flush()


def _short(text: str) -> str:
    return text if len(text) <= 110 else f"{text[:80]} … {text[-25:]}"


if __name__ == "__main__":
    sys.exit(main())
