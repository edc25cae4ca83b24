-- What was measured in every delivery and in every layer, and what the expectations said of it. Permanent. Written by
-- checks.quality, read by mart.quality_*. Only counts, shares, sums and medians: no value of a row.
create schema if not exists quality;

-- What became of each column of a delivery. heading: as printed in that file. unread: cells that hold something nobody
-- could read, rejecting: rows that the column cost. Written by connectors.
create table if not exists raw.read_column (
    delivery_id integer not null,
    column_name varchar not null,
    heading varchar not null,
    unread bigint not null,
    rejecting bigint not null,
);

alter table raw.contract_column add column if not exists open_end boolean;

-- One row per measure of a delivery. column_name NULL: of the delivery as a whole. basis: how many rows or cells it
-- was measured on.
create table if not exists quality.profile (
    delivery_id integer not null,
    measure varchar not null,
    column_name varchar,
    value double not null,
    basis bigint not null,
);

-- One row per expectation about a delivery. side: lower (measured must not be below bound) or upper. what: a failed one
-- in a person's words.
create table if not exists quality.outcome (
    delivery_id integer not null,
    measure varchar not null,
    column_name varchar,
    severity varchar not null,
    side varchar not null,
    bound double not null,
    measured double not null,
    passed boolean not null,
    what varchar,
);

-- One row per run and figure of a whole layer (checks/quality/layers), and one per expectation about it.
create table if not exists quality.layer_figure (
    run_id integer not null,
    measure varchar not null,
    value double not null,
);

create table if not exists quality.layer_outcome (
    run_id integer not null,
    measure varchar not null,
    severity varchar not null,
    side varchar not null,
    bound double not null,
    measured double not null,
    passed boolean not null,
    what varchar,
);

-- A bound that the last deliveries say should move. Made anew by every run that judged something.
create table if not exists quality.proposal (
    department varchar not null,
    source_table varchar not null,
    column_name varchar,
    measure varchar not null,
    severity varchar not null,
    side varchar not null,
    bound double not null,
    proposed double not null,
    deliveries bigint not null,
    what varchar,
    line varchar not null,
);
