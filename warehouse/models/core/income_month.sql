-- One row: the month in which incomes are set beside the roster. The latest delivered roster month whose contributions
-- were delivered too; where these lag behind by more than the tolerance, the latest roster month (registered wages alone).
select
    coalesce(
        max(roster.month) filter (contribution.month is not null and roster.month >= latest.month - to_months(lag.months)),
        any_value(latest.month)
    )::date as month,

from core.roster_month as roster
left join core.contribution_month as contribution on contribution.month = roster.month
cross join (select max(month) as month from core.roster_month) as latest
cross join (
    select arg_max(value, valid_from) as months
    from policy.delivery_lag_months
    where valid_from <= (select as_of from run.context)
) as lag
