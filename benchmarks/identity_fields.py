"""Written identities with cleaned fields, for the peers and for what is possible at all: our cleaning, given to all."""

import duckdb
import pyarrow as pa

from matching.names import fold_name
from matching.numbers import certificate_number, read_number

# A valid number, else the one inside a certificate; `digits` is the number or what is left of a damaged one.
FIELDS = """
    create or replace table fields as
    select
        i.identity_id,
        nullif(n.key, '') as name,
        nullif(n.pinyin, '') as sound,
        coalesce(d.number, c.number) as number,
        coalesce(d.number, c.number, d.digits) as digits,
        d.pattern,
        i.sex,
        coalesce(i.birth_date, try_strptime(coalesce(d.number, c.number)[7:14], '%Y%m%d')::date) as birth,
        nullif(regexp_replace(i.phone, '[^0-9]', '', 'g'), '') as phone,
        replace(replace(replace(replace(i.address, '江苏省', ''), '昆山市', ''), '號', '号'), '栋', '幢') as address,
        i.family_no as family,
    from read_parquet(?) as i
    left join names as n on n.written = i.name
    left join numbers as d on d.written = i.id_no
    left join certificates as c on c.written = i.disability_no
"""


def clean_fields(connection: duckdb.DuckDBPyConnection, source: str) -> None:
    """Make the table `fields` from a Parquet file of identity.identity."""

    def distinct(column: str) -> list[str]:
        query = f"select distinct {column} from read_parquet(?) where {column} is not null"
        return [value for (value,) in connection.execute(query, [source]).fetchall()]

    names = [(written, fold_name(written)) for written in distinct("name")]
    numbers = [(written, read_number(written)) for written in distinct("id_no")]
    certificates = [(written, certificate_number(written)) for written in distinct("disability_no")]
    _load(connection, "names", written=[w for w, _ in names], key=[n.key for _, n in names],
          pinyin=[n.pinyin for _, n in names])  # fmt: skip
    _load(connection, "numbers", written=[w for w, _ in numbers], number=[n.number for _, n in numbers],
          digits=[n.digits for _, n in numbers], pattern=[n.pattern for _, n in numbers])  # fmt: skip
    _load(connection, "certificates", written=[w for w, _ in certificates], number=[n for _, n in certificates])
    connection.execute(FIELDS, [source])


def _load(connection: duckdb.DuckDBPyConnection, table: str, **columns: list[str | None]) -> None:
    loaded = pa.table({column: pa.array(values, pa.string()) for column, values in columns.items()})
    connection.register("loading", loaded)
    connection.execute(f"create or replace temp table {table} as select * from loading")
    connection.unregister("loading")
