-- One row per contribution line, up to the day, of people ever helped and of their possible other selves
-- (a city contributes 20 million times a year; the rules ask about these few).
select
    contribution.row_id,
    contribution.person_id,
    contribution.certain,
    contribution.month,
    contribution.insured_as,
    contribution.employer,
    contribution.paid,

from linked.contributions as contribution
semi join core.possible_self as concerned
    on concerned.self_id = contribution.person_id
where contribution.month <= (select as_of from run.context)
