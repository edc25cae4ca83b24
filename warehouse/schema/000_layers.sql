-- The layers, and the one row every model and rule reads: which day it is.
create schema if not exists run;
create schema if not exists raw;
create schema if not exists staging;
create schema if not exists identity;
create schema if not exists linked;
create schema if not exists core;
create schema if not exists policy;
create schema if not exists findings;
create schema if not exists area;
create schema if not exists mart;

create table if not exists run.context (
    as_of date not null,
    received_until timestamp not null,
    run_id integer not null,
);

-- One row per run that committed; the fingerprint says what the published warehouse was made from.
create table if not exists run.log (
    run_id integer not null,
    command varchar not null,
    as_of date not null,
    started_at timestamp not null,
    committed_at timestamp,
    fingerprint varchar,
    rows_new bigint,
);
