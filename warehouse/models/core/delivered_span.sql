-- One row: the first and the last complete month that any monthly list (roster, payments, pensions) was delivered for,
-- up to the day. What these reach and another monthly list does not, was not delivered there.
-- A few stray rows of a mistyped month do not make a month delivered.
with

counted as (

    select month, count(*) as rows
    from linked.pensions
    where month <= (select as_of from run.context)
    group by month

),

delivered as (

    select month from core.roster_month
    union
    select month from core.paid_month
    union
    select month from counted where rows * 10 >= (select median(rows) from counted)

)

select
    min(delivered.month)::date as first_month,
    max(delivered.month) filter (last_day(delivered.month) <= context.as_of)::date as last_month,

from delivered
cross join run.context as context
