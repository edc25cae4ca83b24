-- One row per person and calendar month, up to the day, in which the person counts as helped: listed on the roster of
-- the month or, where that was not delivered, on the latest one before it (roster_month says which).
-- Who stands in two families in one month has one row here: the certain one first, then the older line.
with

calendar as (

    select unnest(generate_series(
        (select min(month) from core.roster_month)::timestamp,
        date_trunc('month', as_of)::timestamp,
        interval 1 month
    ))::date as month
    from run.context

),

in_force as (

    select calendar.month, delivered.month as roster_month
    from calendar
    asof join core.roster_month as delivered
        on delivered.month <= calendar.month

)

select
    roster.person_id,
    in_force.month,
    in_force.roster_month,
    roster.family_no,
    roster.category,
    roster.certain,
    roster.row_id,

from in_force
join core.roster as roster
    on roster.month = in_force.roster_month

qualify row_number() over (
    partition by roster.person_id, in_force.month order by roster.certain desc, roster.row_id
) = 1
