"""A city of a few rows, put into the layers by hand, with every layer above them built for real."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from checks import clauses, findings, parameters
from checks.case_tables import contract_columns, create_case_tables
from checks.catalogue import write_catalogue
from warehouse import dictionary, models

POLICY = Path(__file__).parents[2] / "policy"
AS_OF = date(2024, 6, 30)
DELIVERIES = {
    "assistance_roster": (1, "civil_affairs"),
    "benefit_payments": (2, "civil_affairs"),
    "deaths": (3, "civil_affairs"),
    "death_certificates": (4, "health"),
    "family_doctor_contracts": (5, "health"),
    "dangerous_houses": (6, "housing"),
}
# Planted values: nothing of them may ever be read in the analysts' file.
CANARY = {
    "name": "金丝雀甲",
    "id_no": "11010519491231002X",
    "phone": "13900000001",
    "address": "金丝雀路一号",
    "family_no": "CANARY-0001",
}
PERSON = {key: CANARY[key] for key in ("name", "id_no")}
ROSTER = {
    **PERSON,
    "family_no": CANARY["family_no"],
    "category": "dibao",
    "cause": "illness",
    "relation": "head",
    "person_amount": 600,
    "household_amount": 600,
    "town": "甲镇",
    "community": "一村",
    "sex": "female",
    "phone": CANARY["phone"],
    "address": CANARY["address"],
    "start_date": date(2020, 1, 1),
}
ROWS: dict[str, list[dict[str, Any]]] = {
    "assistance_roster": [{**ROSTER, "month": date(2024, month, 1)} for month in range(1, 7)],
    "benefit_payments": [
        {**PERSON, "month": date(2024, month, 1), "benefit": "dibao", "amount": 600, "family_no": CANARY["family_no"]}
        for month in range(1, 7)
    ],
    "deaths": [{**PERSON, "death_date": date(2024, 3, 5), "death_date_precision": "day"}],
    "death_certificates": [{**PERSON, "death_date": date(2024, 3, 5), "death_date_precision": "day"}],
    "family_doctor_contracts": [],
    "dangerous_houses": [
        {
            **PERSON,
            "house_no": "W1",
            "setting": "rural",
            "treatment": "none",
            "identified_on": date(2023, 5, 6),
            "address": CANARY["address"],
        }
    ],
}


def build_city(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Layers raw to mart over ROWS, one identity per table; gives the connection back."""
    create_case_tables(connection)
    connection.execute("insert into run.context values (?, ?, 1)", [AS_OF, f"{AS_OF} 23:59:59"])
    for table, (delivery_id, department) in DELIVERIES.items():
        _deliver(connection, table, delivery_id, department)
    _identify(connection)
    parameters.load_parameters(connection, POLICY, None)
    models.build(connection, "core")
    catalogue = clauses.load_clauses(POLICY)
    write_catalogue(connection, catalogue)
    findings.start(connection)
    for clause in catalogue:
        if clause.status == "running":
            clauses.evaluate(connection, clause)
    findings.record_history(connection)
    dictionary.load(connection)
    models.build(connection, "area", "mart")
    return connection


def _deliver(connection: duckdb.DuckDBPyConnection, table: str, delivery_id: int, department: str) -> None:
    rows = ROWS[table]
    connection.execute(
        "insert into raw.delivery values (?, ?, ?, ?, null, 'x', ?, ?, ?, 0, 1, 'accepted', null, 1)",
        [delivery_id, department, table, f"{table}.csv", f"{AS_OF} 08:00:00", len(rows) + 1, len(rows)],
    )
    columns = contract_columns()[table]
    for place, row in enumerate(rows, start=2):
        told = {"row_id": delivery_id * 1_000_000_000 + place, "delivery_id": delivery_id, "source_row": place}
        told |= {key: value for key, value in row.items() if key in columns}
        for schema, extra in (("staging", {}), ("linked", {"person_id": "P1", "certain": True})):
            _insert(connection, f"{schema}.{table}", {**told, **extra})
        _insert(connection, "identity.row_identity", {"row_id": told["row_id"], "identity_id": delivery_id})


def _identify(connection: duckdb.DuckDBPyConnection) -> None:
    for identity_id, _ in DELIVERIES.values():
        _insert(connection, "identity.identity", {"identity_id": identity_id, **CANARY})
        link = {"identity_id": identity_id, "person_id": "P1", "method": "number_and_name", "probability": 0.9999}
        _insert(connection, "identity.link", {**link, "certain": True, "because": "身份证号校验有效且一致,姓名一致"})
    _insert(connection, "identity.number", {"id_no": CANARY["id_no"], "resolved": CANARY["id_no"], "quality": "valid"})
    _insert(
        connection,
        "identity.person",
        {
            "person_id": "P1",
            **PERSON,
            "sex": "female",
            "birth_date": date(1949, 12, 31),
            "id_quality": "valid",
            "departments": ["civil_affairs", "health", "housing"],
        },
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
    connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))
