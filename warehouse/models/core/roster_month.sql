-- One row per roster month that was delivered, up to the day.
-- A mistyped month puts a few stray rows into a month nobody delivered. Taken as delivered it would show
-- everybody absent and break every stay, so a month counts from a tenth of the usual number of rows.
with

counted as (

    select
        roster.month,
        count(*) as rows,

    from linked.assistance_roster as roster
    where roster.month <= (select as_of from run.context)
    group by roster.month

)

select month

from counted
where rows * 10 >= (select median(rows) from counted)
