-- One row per person on the latest delivered roster: the unbroken delivered months, in any category, that reach it.
-- A month whose roster nobody delivered breaks nothing.
with

delivered as (

    select month, row_number() over (order by month) as position
    from core.roster_month

),

island as (

    select
        listed.person_id,
        listed.month,
        delivered.position - row_number() over (partition by listed.person_id order by listed.month) as island,

    from (select distinct person_id, month from core.roster) as listed
    join delivered on delivered.month = listed.month

)

select
    person_id,
    min(month) as first_month,

from island
group by person_id, island
having max(month) = (select max(month) from core.roster_month)
