"""Scores kept in a file, one line of JSON a rule, so that a long run can be broken off and taken up again.

A score stands while everything it rests on is as it was: the rule, its cases, the parameters, the core models, the
tables' columns, and the ways of changing a rule. After any change the rule is tried again.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.mutation_mutants import POLICY, Mutant
from benchmarks.mutation_run import Score, equivalents
from checks.case_tables import contract_columns
from warehouse import models


def kept_score(file: Path, texts: str) -> Score | None:
    """The last score measured on these texts, or None."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    entries = [entry for entry in map(json.loads, lines) if entry["texts"] == texts]
    if not entries:
        return None
    score = entries[-1]["score"]
    return Score(**{**score, "survivors": [Mutant(**mutant) for mutant in score["survivors"]]})


def keep_score(file: Path, texts: str, score: Score) -> None:
    """Add a line to the file; `texts` are those from before the rule was tried."""
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"texts": texts, "score": asdict(score)}, ensure_ascii=False) + "\n")


def texts_under(rule: str) -> str:
    """A hash of all texts that a rule's score rests on."""
    files = [
        *(POLICY / "clauses" / rule / name for name in ("rule.sql", "cases.toml")),
        *sorted((POLICY / "parameters").glob("*.toml")),
        *sorted(models.model_files("core").values()),
        *(Path(__file__).with_name(f"mutation_{part}.py") for part in ("mutants", "operators", "run")),
    ]
    digest = hashlib.sha256(json.dumps([rule, equivalents(rule), contract_columns()], sort_keys=True).encode())
    for text in files:
        digest.update(text.read_bytes())
    return digest.hexdigest()
