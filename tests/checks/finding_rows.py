"""A rule of one row over a delivery of two: what the tests of findings and of their life share."""

from pathlib import Path

from checks import findings
from checks.case_tables import create_case_tables
from checks.catalogue import write_catalogue
from checks.clause import Clause
from checks.parameter_files import read_file
from checks.parameters import write_table
from warehouse.connection import connect

POLICY = Path(__file__).parents[2] / "policy"
CERTAIN, PROBABLE, UNREADABLE = 1_000_000_001, 1_000_000_002, 9_000_000_001


def new_warehouse():
    """One delivery with a certain and a probable record of P1."""
    connection = connect()
    create_case_tables(connection)
    for name in ("settled_months", "rule_department"):
        write_table(connection, read_file(POLICY / "parameters" / f"{name}.toml"))
    connection.execute("insert into run.context values ('2024-02-29', '2024-03-01', 1)")
    deliver(connection, 1)
    connection.execute("insert into identity.row_identity values (1000000001, 1), (1000000002, 2)")
    connection.execute(
        "insert into identity.link (identity_id, person_id, certain) values (1, 'P1', true), (2, 'P1', false)"
    )
    return connection


def deliver(connection, delivery_id):
    connection.execute(
        "insert into raw.delivery values "
        "(?, 'health', 'deaths', 'a.csv', null, 'x', '2024-03-01', 9, 9, 0, 0, 'accepted', null, 1)",
        [delivery_id],
    )


def rule(*rows: str) -> str:
    values = ", ".join(rows) or "(null, null, null, null, null, null, null, null, null)"
    return f"""
    select condition::varchar as condition, person_id::varchar as person_id, family_no::varchar as family_no,
        first_met_on::date as first_met_on, amount::decimal(12, 2) as amount, national_bar::boolean as national_bar,
        certain::boolean as certain, summary::varchar as summary,
        evidence::struct(row_id bigint, event_date date, what varchar)[] as evidence
    from (values {values}) as found(condition, person_id, family_no, first_met_on, amount, national_bar, certain,
        summary, evidence)
    where condition is not null
    """


def row(condition="met", day="2024-02-01", certain="true", facts=((CERTAIN, "2024-01-01", "某事"),)) -> str:
    evidence = ", ".join(
        f"{{'row_id': {number}, 'event_date': date '{when}', 'what': '{what}'}}" for number, when, what in facts
    )
    return f"('{condition}', 'P1', 'F1', '{day}', 100, null, {certain}, '概要', [{evidence}])"


def run(connection, *rows, kind="adverse", kind_of=None, as_of="2024-02-29"):
    clause = Clause("test", "三(五)3", "某规则", kind, "health", ("health",), "请核对", "v1", kind_of=kind_of or {})
    connection.execute("update run.context set as_of = ?", [as_of])
    write_catalogue(connection, [clause])
    findings.start(connection)
    evaluation = findings.publish(connection, rule="test", rule_sql=rule(*rows))
    return evaluation, findings.record_history(connection)
