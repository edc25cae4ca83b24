"""The ways a rule is changed on purpose: each operator takes one node of the parsed rule and gives its wrong twins.

Only what decides is changed (comparisons, numbers, parameters, conditions, joins, sums), never what is only worded.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp

Node = exp.Expression
OTHER_COMPARISON = {
    exp.GTE: exp.GT, exp.GT: exp.GTE, exp.LTE: exp.LT, exp.LT: exp.LTE, exp.EQ: exp.NEQ, exp.NEQ: exp.EQ,
    exp.NullSafeEQ: exp.NullSafeNEQ, exp.NullSafeNEQ: exp.NullSafeEQ,
}  # fmt: skip
OTHER_ARITHMETIC = {exp.Add: exp.Sub, exp.Sub: exp.Add, exp.Mul: exp.Div, exp.Div: exp.Mul}
OTHER_CHOICE = {
    exp.Min: exp.Max, exp.Max: exp.Min, exp.ArgMin: exp.ArgMax, exp.ArgMax: exp.ArgMin, exp.Least: exp.Greatest,
    exp.Greatest: exp.Least, exp.LogicalAnd: exp.LogicalOr, exp.LogicalOr: exp.LogicalAnd, exp.First: exp.Last,
}  # fmt: skip
OTHER_AMOUNT = {"person_amount": "household_amount", "household_amount": "person_amount"}
TRUE = exp.true()


@dataclass(frozen=True)
class Change:
    """One wrong twin: `replacement` takes the node's place; `before` became `after` (None: left out)."""

    kind: str
    before: Node
    after: Node | None
    replacement: Node | None


Operator = Callable[[Node], Iterator[Change]]


def _swapped(kind: str, table: dict[type[Node], type[Node]]) -> Operator:
    """Another function or comparison over the same arguments."""

    def operator(node: Node) -> Iterator[Change]:
        if other := table.get(type(node)):
            known = {name: value for name, value in node.copy().args.items() if name in other.arg_types}
            after = other(**known)
            yield Change(kind, node, after, after)

    return operator


def number(node: Node) -> Iterator[Change]:
    """One more and one less, in whole numbers and in intervals; never a type's size or the column of an exists."""
    if not isinstance(node, exp.Literal) or isinstance(node.parent, exp.DataTypeParam):
        return
    if isinstance(node.parent, exp.Select) and isinstance(node.parent.parent, exp.Exists):
        return
    if (node.is_string and not isinstance(node.parent, exp.Interval)) or not node.name.isdigit():
        return
    for step in (1, -1):
        after = exp.Literal(this=str(int(node.name) + step), is_string=node.is_string)
        yield Change("number", node, after, after)


def between(node: Node) -> Iterator[Change]:
    """The day itself left out, at either end."""
    if isinstance(node, exp.Between):
        this, low, high = node.this, node.args["low"], node.args["high"]
        for lower, upper in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
            bounds = lower(this=this.copy(), expression=low.copy()), upper(this=this.copy(), expression=high.copy())
            after = exp.paren(exp.And(this=bounds[0], expression=bounds[1]), copy=False)
            yield Change("comparison", node, after, after)


def connective(node: Node) -> Iterator[Change]:
    """and ↔ or, and each part of the condition left out once."""
    if not isinstance(node, (exp.And, exp.Or)):
        return
    other = exp.Or if isinstance(node, exp.And) else exp.And
    after = exp.paren(other(this=node.left.copy(), expression=node.right.copy()), copy=False)
    yield Change("and/or", node, after, after)
    yield Change("condition dropped", node.right, None, node.left.copy())
    if not isinstance(node.left, type(node)):
        yield Change("condition dropped", node.left, None, node.right.copy())


def whole_condition(node: Node) -> Iterator[Change]:
    """The only condition of a where, having, qualify or filter left out."""
    if isinstance(node, (exp.Where, exp.Having, exp.Qualify)) and not isinstance(node.this, exp.And):
        yield Change("condition dropped", node, None, type(node)(this=TRUE.copy()))
    if isinstance(node, exp.Filter):
        yield Change("condition dropped", node.expression, None, node.this.copy())


def join(node: Node) -> Iterator[Change]:
    """An anti or semi join left out (an exception, a population); a left join that loses who has no partner."""
    if not isinstance(node, exp.Join):
        return
    if node.kind in ("ANTI", "SEMI"):
        yield Change(f"{node.kind.lower()} join dropped", node, None, None)
    if node.side == "LEFT":
        after = node.copy()
        after.set("side", None)
        yield Change("left join", node, after, after)


def negation(node: Node) -> Iterator[Change]:
    """not x ↔ x, is null ↔ is not null."""
    if isinstance(node, exp.Not):
        yield Change("not", node, node.this, node.this.copy())
    elif isinstance(node, exp.Is) and not isinstance(node.parent, exp.Not):
        after = exp.not_(node.copy())
        yield Change("not", node, after, after)
    elif isinstance(node, exp.Boolean) and not isinstance(node.parent, exp.ArraySort):  # the parser's own default
        after = exp.Boolean(this=not node.this)
        yield Change("true/false", node, after, after)


def listed(node: Node) -> Iterator[Change]:
    """Each code of a written list left out once."""
    if isinstance(node, exp.In) and len(node.expressions) > 1:
        for left_out in node.expressions:
            after = node.copy()
            after.set("expressions", [code.copy() for code in node.expressions if code is not left_out])
            yield Change("code dropped", left_out, None, after)


def default(node: Node) -> Iterator[Change]:
    """The value for the unknown left out."""
    if isinstance(node, exp.Coalesce):
        after = node.this.copy()
        yield Change("coalesce", node, after, after)


def branch(node: Node) -> Iterator[Change]:
    """A branch of a case, an if or a union left out."""
    if isinstance(node, exp.Case):
        yield from _case_branches(node)
    if isinstance(node, exp.If) and not isinstance(node.parent, exp.Case):
        for kept in (node.args["true"], node.args.get("false")):
            if kept is not None:
                yield Change("branch dropped", node, kept, exp.paren(kept.copy(), copy=False))
    if isinstance(node, exp.Union):
        yield Change("union", node.expression, None, _under_the_same_names(node, node.this))
        if not isinstance(node.this, exp.Union):
            yield Change("union", node.this, None, _under_the_same_names(node, node.expression))


def _case_branches(node: exp.Case) -> Iterator[Change]:
    branches = node.args["ifs"]
    for left_out in branches:
        rest = [kept.copy() for kept in branches if kept is not left_out]
        after: Node = node.copy()
        after.set("ifs", rest)
        if not rest:
            after = (node.args.get("default") or exp.null()).copy()
        yield Change("branch dropped", left_out, None, after)


def _under_the_same_names(union: exp.Union, kept: Node) -> Node:
    """One side of a union, with the column names of its first side and the statement's own CTEs."""
    side = kept.copy()
    if isinstance(side, exp.Select):
        for name, column in zip(union.named_selects, list(side.expressions), strict=False):
            if column.alias_or_name != name:
                column.replace(exp.alias_(column.unalias(), name))
    if union.args.get("with_"):
        side.set("with_", union.args["with_"].copy())
    return side


def amount(node: Node) -> Iterator[Change]:
    """The person's own share ↔ the household's."""
    if isinstance(node, exp.Column) and node.name in OTHER_AMOUNT:
        other = node.copy()
        other.set("this", exp.to_identifier(OTHER_AMOUNT[node.name]))
        after = exp.alias_(other, node.name) if isinstance(node.parent, exp.Select) else other
        yield Change("own/household amount", node, after, after)


def distinct(node: Node) -> Iterator[Change]:
    """Each counted once, or as often as it stands there."""
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct):
        after = exp.Count(this=node.this.expressions[0].copy(), big_int=True)
        yield Change("distinct", node, after, after)


OPERATORS: tuple[Operator, ...] = (
    _swapped("comparison", OTHER_COMPARISON),
    _swapped("arithmetic", OTHER_ARITHMETIC),
    _swapped("min/max", OTHER_CHOICE),
    number,
    between,
    connective,
    whole_condition,
    join,
    negation,
    listed,
    default,
    branch,
    amount,
    distinct,
)
