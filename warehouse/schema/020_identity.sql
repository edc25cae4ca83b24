-- What identity keeps for ever; everything else in the schema is made anew by matching.link.

-- One row per distinct way a person was written. Linking works on these, never on rows.
create table if not exists identity.identity (
    identity_id bigint not null,
    name varchar,
    id_no varchar,
    disability_no varchar,
    sex varchar,
    birth_date date,
    birth_precision varchar,
    phone varchar,
    address varchar,
    family_no varchar,
);

-- One row per staged row, superseded ones too: a replay needs them.
create table if not exists identity.row_identity (
    row_id bigint not null,
    identity_id bigint not null,
);

-- The person an identity belonged to after the last run, which keeps person_id stable, and the one it was given first,
-- which comes back when people are told apart again.
create table if not exists identity.person_key (
    identity_id bigint not null,
    person_id varchar not null,
    first_id varchar,
);
alter table identity.person_key add column if not exists first_id varchar;

-- One row per change of a person: created, merged (into other_person_id), split (from other_person_id).
create table if not exists identity.person_history (
    person_id varchar not null,
    change varchar not null,
    other_person_id varchar,
    run_id integer,
);

-- One row per answer of a person; outranks the machine for ever and is never deleted.
-- A key is 'P0000001' (a person), 'number:<18 characters>' or 'identity:<identity_id>'.
create table if not exists identity.judgement (
    left_key varchar not null,
    right_key varchar not null,
    verdict varchar not null check (verdict in ('same', 'different', 'unsure')),
    by_whom varchar not null,
    judged_at timestamp not null,
);
