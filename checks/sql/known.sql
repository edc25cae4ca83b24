-- One row per finding ever published, after this run: last state and the facts it was last seen with.
with

latest as (

    select finding_id, arg_max(state, rowid) as state
    from findings.history
    group by finding_id

)

select
    coalesce(finding.finding_id, known.finding_id) as finding_id,
    coalesce(finding.rule, known.rule) as rule,
    coalesce(finding.condition, known.condition) as condition,
    coalesce(finding.person_id, known.person_id) as person_id,
    latest.state,
    coalesce(finding.evidence_hash, known.evidence_hash) as evidence_hash,
    finding.finding_id is not null as is_present,
    least(known.first_seen_on, context.as_of) as first_seen_on,
    case when finding.finding_id is null then known.last_seen_on else context.as_of end as last_seen_on,
    coalesce(finding.rule_version, known.rule_version) as rule_version,
    -- The system opens what a person had closed; what it ends itself nobody has settled.
    case when latest.state = known.state then known.settled_on end as settled_on,

from findings.finding as finding
full join findings.known as known
    on known.finding_id = finding.finding_id
join latest
    on latest.finding_id = coalesce(finding.finding_id, known.finding_id)
cross join run.context as context
