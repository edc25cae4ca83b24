-- The life of findings: permanent, appended to, never rewritten by a rebuild.
create table if not exists findings.history (
    finding_id varchar not null,
    changed_at timestamp not null,
    state varchar not null,
    "by" varchar not null,
    why varchar not null,
);

-- Every finding ever published: its last state, and the facts it was last seen with.
create table if not exists findings.known (
    finding_id varchar not null,
    rule varchar not null,
    condition varchar not null,
    person_id varchar,
    state varchar not null,
    evidence_hash varchar not null,
    is_present boolean not null,
    first_seen_on date not null,
    last_seen_on date not null,
    rule_version varchar not null,
);

-- Where the finding on a family was last listed. Outlives the finding, so that what was closed still counts in its town.
create table if not exists findings.known_place (
    finding_id varchar not null,
    town varchar,
    community varchar,
);
