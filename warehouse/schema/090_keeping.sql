-- What proves and what ends the keeping of data. Permanent.

-- One row per run that committed: the last line of the audit log at that moment. A log written anew contradicts it.
create table if not exists run.audit_anchor (
    run_id integer not null,
    seq bigint not null,
    seal varchar not null,
);

-- One row per delivery and removal: how many of its loaded rows were deleted and why (retention, or for one person).
-- Such rows count as skipped (raw.skipped_row.kind 'removed'): rows in = loaded + rejected + skipped stays true.
create table if not exists raw.removal (
    delivery_id integer not null,
    removed_on date not null,
    removed_rows bigint not null,
    because varchar not null,
);

-- One row per removal whose bytes still stand in the database file: it is written anew and the row goes.
create table if not exists run.compaction_due (
    since timestamp not null,
);
