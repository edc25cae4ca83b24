-- One row per table and month that looks as if nobody had delivered it, up to the last complete month.
-- Absence of an act in such a month is unknown, so no adverse claim may span it.
-- Contributions come by the month: every month up to the newest must be there. The event tables carry no
-- month of delivery, and many have few rows in their first or last months, or in a small place in any month. So a
-- month of theirs is silent only where it is a hole: almost no rows, while within three months before and within
-- three months after it there were twenty times as many, spread over eight days or more.
with

period as (

    select unnest(generate_series(
        (select min(month) from core.roster_month)::timestamp,
        date_trunc('month', as_of + interval 1 day) - interval 1 month,
        interval 1 month
    ))::date as month
    from run.context

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

)

select
    source_table,
    month,

from filled
window
    before as (partition by source_table order by month rows between 3 preceding and 1 preceding),
    after as (partition by source_table order by month rows between 1 following and 3 following)
qualify rows * 20 < least(max(rows) over before, max(rows) over after)
    and least(max(days) over before, max(days) over after) >= 8

union all

select
    'contributions' as source_table,
    period.month,

from period
anti join core.contribution_month as delivered
    on delivered.month = period.month
where period.month < (select max(month) from core.contribution_month)
