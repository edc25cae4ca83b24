-- One row per rule of the catalogue, running ones first, in the order of the clauses.
select
    rule,
    clause,
    title,
    kind,
    status,
    lead_department,
    uses,
    coalesce(reason, '') as reason

from policy.rule
order by
    case status when 'running' then 1 when 'table' then 2 when 'planned' then 3 else 4 end,
    clause,
    rule
