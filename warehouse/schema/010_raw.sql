-- What was delivered, and what became of every physical row of it. Permanent; no reason carries a value from a file.

-- One row per file, or per sheet of a workbook. source_table is NULL where the sheet is no known table.
create table if not exists raw.delivery (
    delivery_id integer not null,
    department varchar,
    source_table varchar,
    source_file varchar not null,
    sheet varchar,
    sha256 varchar not null,
    received_at timestamp not null,
    rows_in bigint not null,
    rows_loaded bigint not null,
    rows_rejected bigint not null,
    rows_skipped bigint not null,
    status varchar not null,
    reason varchar,
    run_id integer not null,
);

-- column_name is the heading as printed in that file; NULL: the whole row.
create table if not exists raw.rejected_row (
    delivery_id integer not null,
    source_row bigint not null,
    column_name varchar,
    reason varchar not null,
);

-- kind: title, heading, repeated_heading, total, signature, blank, duplicate, note, deleted.
create table if not exists raw.skipped_row (
    delivery_id integer not null,
    source_row bigint not null,
    kind varchar not null,
);

-- An optional cell that could not be read: the row is loaded, the value is NULL = unknown.
create table if not exists raw.cell_note (
    delivery_id integer not null,
    source_row bigint not null,
    column_name varchar,
    reason varchar not null,
);

-- Rows of one file that share a key but differ: both kept.
create table if not exists raw.key_conflict (
    delivery_id integer not null,
    source_row bigint not null,
    reason varchar not null,
);

-- The contracts, reloaded at each run.
create table if not exists raw.contract (
    source_table varchar not null,
    department varchar not null,
    title varchar not null,
    delivery_kind varchar not null,
);

create table if not exists raw.contract_column (
    source_table varchar not null,
    department varchar not null,
    column_name varchar not null,
    heading varchar not null,
    type varchar not null,
    required boolean not null,
);
