-- One row per rule of the catalogue, with the departments that lead it and receive its findings on the day; without a day
-- of reckoning (the catalogue printed beside no run), today's.
with

responsible as (

    select
        rule,
        arg_max(lead, valid_from) as lead,
        arg_max(recipients, valid_from) as recipients,
    from policy.rule_department
    where valid_from <= coalesce((select as_of from run.context), current_date)
    group by rule

)

select
    rule.* replace (
        coalesce(responsible.lead, rule.lead_department) as lead_department,
        coalesce(responsible.recipients, rule.recipients) as recipients
    ),

from policy.rule as rule
left join responsible
    on responsible.rule = rule.rule
