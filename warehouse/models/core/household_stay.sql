-- One row per family on the latest delivered roster: the unbroken delivered months, in any category, that reach it.
-- A month whose roster nobody delivered breaks nothing.
with

delivered as (

    select month, row_number() over (order by month) as position
    from core.roster_month

),

island as (

    select
        listed.family_no,
        listed.month,
        delivered.position - row_number() over (partition by listed.family_no order by listed.month) as island,

    from (select distinct family_no, month from core.roster) as listed
    join delivered on delivered.month = listed.month

)

select
    family_no,
    min(month) as first_month,
    max(month) as last_month,

from island
group by family_no, island
having max(month) = (select max(month) from core.roster_month)
