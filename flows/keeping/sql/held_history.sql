-- One row per change of a finding about the person, in order of time.
select
    history.changed_at::date as changed_on,
    coalesce(rule.title, known.rule) as title,
    history.state,
    history."by",
    history.why,

from findings.known as known
join findings.history as history
    on history.finding_id = known.finding_id
left join policy.rule as rule
    on rule.rule = known.rule

where known.person_id = $person

order by history.changed_at, title
