-- One row per table and month that looks as if nobody had delivered it, up to the last complete month.
-- Absence of an act in such a month is unknown, so no adverse claim may span it.
-- Contributions come by the month: every month up to the newest must be there. The event tables carry no
-- month of delivery: a month is silent only where the table usually has rows on eight days or more a month
-- and this one has almost none; a small place where empty months are natural is not judged.
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

usual as (

    select
        source_table,
        median(rows) as rows,
        median(days) as days,
    from counted
    group by source_table

)

select
    usual.source_table,
    period.month,

from period
cross join usual
left join counted
    on counted.source_table = usual.source_table and counted.month = period.month
where usual.days >= 8 and coalesce(counted.rows, 0) * 20 < usual.rows

union all

select
    'contributions' as source_table,
    period.month,

from period
anti join core.contribution_month as delivered
    on delivered.month = period.month
where period.month < (select max(month) from core.contribution_month)
