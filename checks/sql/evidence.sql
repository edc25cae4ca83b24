-- One row per fact under a published finding, in order of time.
select
    finding_id,
    row_number() over (partition by finding_id order by fact.event_date, fact.row_id, fact.what) as position,
    fact.row_id,
    fact.event_date,
    fact.what,

from (
    select finding_id, unnest(evidence) as fact
    from findings.candidate
    where problem is null
)
