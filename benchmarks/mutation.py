"""Do the cases notice a wrong rule? `python -m benchmarks.mutation [RULE…]` changes each rule in every small way.

It prints, per rule, the mutants that fail no case: with the line, what changed, and the mutant's fingerprint.
Exit status 1 while any survives, so that it can stand in a pipeline.
"""

import argparse
import sys

from benchmarks.mutation_mutants import POLICY
from benchmarks.mutation_run import Score, score
from checks.clauses import load_clauses


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", nargs="*", help="default: every rule that runs")
    rules = parser.parse_args().rules or [clause.rule for clause in load_clauses(POLICY) if clause.status == "running"]
    scores = [_printed(score(rule)) for rule in rules]
    total, left = sum(each.mutants for each in scores), sum(len(each.survivors) for each in scores)
    equivalent = sum(each.equivalent for each in scores)
    share = (total - equivalent - left) / (total - equivalent) if total > equivalent else 1.0
    print(f"{len(rules)} rules: {total} mutants, {equivalent} equivalent, {left} survive: {share:.2%} killed")
    return 1 if left else 0


def _printed(result: Score) -> Score:
    print(f"{result.rule}: {result.mutants} mutants, {result.equivalent} equivalent, {len(result.survivors)} survive")
    for mutant in result.survivors:
        print(f"    {mutant.fingerprint} line {mutant.line} {mutant.place}: {mutant.kind}: {_short(mutant.before)}")
        print(f"        → {_short(mutant.after) or '(left out)'}")
    for fingerprint in result.unused:
        print(f"    {fingerprint} in mutation_equivalent.toml names no surviving mutant")
    sys.stdout.flush()
    return result


def _short(text: str) -> str:
    return text if len(text) <= 110 else f"{text[:80]} … {text[-25:]}"


if __name__ == "__main__":
    sys.exit(main())
