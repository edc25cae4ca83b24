-- Findings by rule, condition and state; supportive ones first, as everywhere.
select
    kind,
    rule,
    condition,
    state,
    count(*) as findings

from mart.finding
group by kind, rule, condition, state
order by kind desc, rule, condition, state
