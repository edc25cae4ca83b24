-- One row per table and month that looks as if nobody, or only one of several files, had delivered it, up to the last
-- complete month. Absence of an act in such a month is unknown, so no adverse claim may span it.
-- Contributions come by the month: every month that other monthly lists reach must be there, less the tolerance of
-- policy.adverse_lag_months at the end, and whole: two thirds of the rows of the three months on either side.
-- The event tables carry no month of delivery, and many have few rows in their first or last months, or in a small place
-- in any month. So a month of theirs is silent only where it is a hole: almost no rows, while within three months before
-- and within three months after it there were twenty times as many, spread over eight days or more. The ledgers of the
-- employment service are written in all the time: they break off where, at the pace of the half year before, thirty
-- days with rows would have been expected since the last row.
with

period as (

    select unnest(generate_series(
        least(span.first_month, (select min(month) from core.contribution_month))::timestamp,
        date_trunc('month', context.as_of + interval 1 day) - interval 1 month,
        interval 1 month
    ))::date as month
    from run.context as context
    cross join core.delivered_span as span

),

event as (

    select 'job_seeking' as source_table, registered_on as happened_on from linked.job_seeking
    union all
    select 'job_referrals', referral_date from linked.job_referrals
    union all
    select 'training', start_date from linked.training
    union all
    select 'employment', contract_start from linked.employment

),

counted as (

    select
        source_table,
        date_trunc('month', happened_on)::date as month,
        count(*) as rows,
        count(distinct happened_on) as days,
    from event
    where happened_on >= (select min(month) from period)
        and happened_on <= (select as_of from run.context)
    group by source_table, date_trunc('month', happened_on)

    union all

    select 'contributions', month, count(*), 0
    from linked.contributions
    where month >= (select min(month) from period)
        and month <= (select as_of from run.context)
    group by month

),

filled as (

    select
        source.source_table,
        period.month,
        coalesce(counted.rows, 0) as rows,
        coalesce(counted.days, 0) as days,
    from period
    cross join (select distinct source_table from counted) as source
    left join counted
        on counted.source_table = source.source_table and counted.month = period.month

),

compared as (

    select
        *,
        max(rows) over before as most_before,
        max(rows) over after as most_after,
        max(days) over before as days_before,
        max(days) over after as days_after,
        min(rows) over before as least_before,
        min(rows) over after as least_after,
        max(rows) over later as rows_later,
        count(*) over later as months_later,
        median(days) over half_year as usual_days,
        count(*) over half_year as months_seen,
    from filled
    window
        before as (partition by source_table order by month rows between 3 preceding and 1 preceding),
        after as (partition by source_table order by month rows between 1 following and 3 following),
        half_year as (partition by source_table order by month rows between 5 preceding and current row),
        later as (partition by source_table order by month rows between 1 following and unbounded following)

),

-- The last month with rows of a ledger that breaks off.
broken_off as (

    select source_table, month
    from compared
    where source_table in ('job_referrals', 'job_seeking')
        and rows > 0
        and rows_later = 0
        and months_seen >= 3
        and usual_days * months_later >= 30

)

select
    source_table,
    month,

from compared
where source_table <> 'contributions'
    and rows * 20 < least(most_before, most_after)
    and least(days_before, days_after) >= 8

union

select
    filled.source_table,
    filled.month,

from filled
join broken_off
    on broken_off.source_table = filled.source_table and filled.month > broken_off.month

union

-- The first months may be few for another reason; the last one has no month after it.
select
    compared.source_table,
    compared.month,

from compared
semi join core.contribution_month as delivered
    on delivered.month = compared.month
where source_table = 'contributions'
    and rows * 3 < least(least_before, coalesce(least_after, least_before)) * 2
    and least_before >= 20

union

select
    'contributions' as source_table,
    period.month,

from period
cross join core.delivered_span as span
anti join core.contribution_month as delivered
    on delivered.month = period.month
where exists (select 1 from core.contribution_month)
    and period.month <= greatest(
        (select max(month) from core.contribution_month),
        span.last_month - to_months((
            select arg_max(value, valid_from)
            from policy.adverse_lag_months
            where valid_from <= (select as_of from run.context)
        ))
    )
