-- One row per source table: when it last came and, for the tables that come by the month, the newest month in force.
-- A mistyped month puts a few stray rows into a month that nobody delivered: a month counts from a tenth of the usual
-- number of rows, and none after the day asked about.
with

monthly_row as (

    select 'assistance_roster' as source_table, month, superseded_by
    from staging.assistance_roster
    union all
    select 'benefit_payments', month, superseded_by
    from staging.benefit_payments
    union all
    select 'contributions', month, superseded_by
    from staging.contributions
    union all
    select 'pensions', month, superseded_by
    from staging.pensions

),

counted as (

    select
        source_table,
        month,
        count(*) as rows,
    from monthly_row
    where superseded_by is null and month <= ?::date
    group by source_table, month

),

newest as (

    select
        counted.source_table,
        max(counted.month) as month,
    from counted
    join (select source_table, median(rows) as usual_rows from counted group by source_table) as usual
        on usual.source_table = counted.source_table
    where counted.rows * 10 >= usual.usual_rows
    group by counted.source_table

),

received as (

    select
        source_table,
        max(received_at)::date as last_received,
    from raw.delivery
    where status in ('accepted', 'superseded')
    group by source_table

)

select
    contract.department,
    contract.source_table,
    contract.title,
    received.last_received,
    newest.month as newest_month,

from raw.contract as contract
left join received
    on received.source_table = contract.source_table
left join newest
    on newest.source_table = contract.source_table
order by contract.department, contract.source_table
