-- One row per contribution month that was delivered, up to the day (late payments for older months put
-- stray rows into months nobody delivered, so a month counts from a tenth of the usual number of rows).
with

counted as (

    select
        contribution.month,
        count(*) as rows,

    from linked.contributions as contribution
    where contribution.month <= (select as_of from run.context)
    group by contribution.month

)

select month

from counted
where rows * 10 >= (select median(rows) from counted)
