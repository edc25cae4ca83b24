-- One row per finding that may be published; its state is set from the history afterwards.
select
    finding_id,
    rule,
    clause,
    kind,
    condition,
    person_id,
    family_no,
    as_of,
    first_met_on,
    amount,
    national_bar,
    identity,
    '待核实' as state,
    summary,
    evidence_hash,
    rule_version,

from findings.candidate
where problem is null
