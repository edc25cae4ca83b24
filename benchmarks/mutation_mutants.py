"""Mutants of one rule: its SELECT with one thing changed, and where that was."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp, parse_one

from benchmarks.mutation_operators import OPERATORS, Change, Node
from checks.parameter_files import read_parameters

POLICY = Path(__file__).parents[1] / "policy"
DIALECT = "duckdb"
OTHER_VALUES = {"integer": ("value + 1", "value - 1"), "decimal": ("value + 1",), "text_list": ("value[2:]",)}


@dataclass(frozen=True)
class Mutant:
    """A rule with one change. `place` is the CTE; `fingerprint` outlives changes elsewhere in the rule."""

    rule: str
    kind: str
    place: str
    line: int
    before: str
    after: str
    sql: str
    fingerprint: str


def mutants(rule: str, *, kind: str | None = None) -> list[Mutant]:
    """Every different mutant of a rule, or those of one kind, in the order of its text."""
    tree = parsed(rule)
    seen, repeats, found = {tree.sql(DIALECT)}, Counter[str](), []
    changes = [(node, change) for node in tree.walk() for change in _changes(node)]
    for node, change in changes:
        if kind not in (None, change.kind):
            continue
        sql = _changed(tree, node, change)
        if sql not in seen:
            seen.add(sql)
            found.append(_mutant(rule, node, change, sql, repeats))
    return sorted(found, key=lambda mutant: mutant.line)


def parsed(rule: str) -> Node:
    """The rule's SELECT as a tree."""
    return parse_one((POLICY / "clauses" / rule / "rule.sql").read_text(encoding="utf-8"), dialect=DIALECT)


def _changes(node: Node) -> Iterator[Change]:
    for operator in OPERATORS:
        yield from operator(node)
    if isinstance(node, exp.Table) and node.db == "policy":
        yield from _other_parameters(node)


def _other_parameters(node: exp.Table) -> Iterator[Change]:
    """The next parameter of the same columns by name; its value plus and minus one; a list without its first text."""
    shapes = {parameter.name: parameter.columns for parameter in read_parameters(POLICY, None)}
    alike = [name for name in shapes if shapes[name] == shapes[node.name]]
    following = alike[alike.index(node.name) + 1 :] + alike[: alike.index(node.name)]
    for other in following[:1]:
        after: Node = exp.table_(other, db="policy", alias=node.alias_or_name)
        yield Change("parameter", node, after, after)
    kind = shapes[node.name].get("value", "")
    for value in OTHER_VALUES.get(kind, ()):
        text = f"(select * replace ({value} as value) from policy.{node.name}) as {node.alias_or_name}"
        after = parse_one(f"select * from {text}", dialect=DIALECT).args["from_"].this
        yield Change("parameter value", node, after, after)


def _changed(tree: Node, node: Node, change: Change) -> str:
    """The statement with the change made; the tree is afterwards as it was."""
    if node is tree:
        return (change.replacement or tree).sql(DIALECT)
    if change.replacement is None:
        siblings = node.parent.args[node.arg_key]
        node.parent.set(node.arg_key, [sibling for sibling in siblings if sibling is not node])
        sql = tree.sql(DIALECT)
        node.parent.set(node.arg_key, siblings)
        return sql
    parent, index = node.parent, node.index
    node.replace(change.replacement)
    sql = tree.sql(DIALECT)
    change.replacement.replace(node)
    assert node.parent is parent and node.index == index
    return sql


def _mutant(rule: str, node: Node, change: Change, sql: str, repeats: Counter[str]) -> Mutant:
    cte = node.find_ancestor(exp.CTE)
    place = cte.alias if cte else "result"
    before = change.before.sql(DIALECT, comments=False)
    after = change.after.sql(DIALECT, comments=False) if change.after else ""
    text = "|".join((rule, change.kind, place, before, after))
    repeats[text] += 1
    fingerprint = hashlib.sha256(f"{text}|{repeats[text]}".encode()).hexdigest()[:10]
    return Mutant(rule, change.kind, place, _line(change.before, node), before, after, sql, fingerprint)


def _line(changed: Node, node: Node) -> int:
    """The first line of what changed; a node that holds no name takes its surroundings'."""
    around: Node | None = changed
    while around is not None:
        lines = [part.meta["line"] for part in around.walk() if "line" in part.meta]
        if lines:
            return min(lines)
        around = around.parent
    return 0
