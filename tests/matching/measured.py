"""How right the links of a city with known truth are."""

import duckdb


def measure(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Pairwise precision and recall over distinct identities, and the certain links that are wrong."""
    connection.execute(
        "create or replace temp table judged as "
        "select distinct i.identity_id, t.person, l.person_id, l.certain from truth as t "
        "join identity.row_identity as i using (row_id) join identity.link as l using (identity_id)"
    )
    ((true, found, right),) = connection.execute(
        "select (select sum(n * (n - 1) / 2) from (select count(*) as n from judged group by person)), "
        "(select sum(n * (n - 1) / 2) from (select count(*) as n from judged group by person_id)), "
        "(select sum(n * (n - 1) / 2) from (select count(*) as n from judged group by person, person_id))"
    ).fetchall()
    ((wrong,),) = connection.execute(
        "with main as (select person_id, mode(person) as person from judged group by person_id) "
        "select count(*) from judged join main using (person_id) where certain and judged.person <> main.person"
    ).fetchall()
    return {"precision": right / found, "recall": right / true, "certain_wrong": wrong}
