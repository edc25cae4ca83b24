-- The catalogue in the order people read it: supportive first, what does not run last.
select
    rule,
    clause,
    title,
    kind,
    status,
    reason,
    quote,
    objection,
    uses,
    needs,

from policy.rule

order by status <> 'running', kind <> 'supportive', clause, rule
