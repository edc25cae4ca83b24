-- One row per sheet of the department's workbook: every running rule it receives in the rule's own kind, even when
-- nothing was found, and the other kind where a condition of the rule is of that kind. Support comes first.
with

running as (

    select rule.rule, rule.kind
    from policy.rule as rule
    cross join temp.context as context
    where rule.status not in ('table', 'planned', 'not_from_data')
        and list_contains(rule.recipients, context.department)

    union

    select exception.rule, exception.kind from temp.exception as exception

)

select
    running.rule,
    running.kind,
    coalesce(rule.title, running.rule)  as title,
    left(coalesce(rule.title, running.rule), 26)
        || case when running.kind <> rule.kind then '(' || label_of('kind', running.kind) || ')' else '' end
                                        as tab,
    coalesce(rule.clause, '')           as clause,
    coalesce(rule.asks, '')             as asks,
    coalesce(precision.on_trial, true)  as on_trial,

from running
left join policy.rule as rule on rule.rule = running.rule
left join mart.rule_precision as precision
    on precision.rule = running.rule
    and precision.dimension = 'all'
order by running.kind <> 'supportive', rule.clause, running.rule
