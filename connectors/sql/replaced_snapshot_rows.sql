-- Grain: one row per row in force of an earlier file that the arriving snapshot replaces whole.
-- A file is replaced for a month (a table without months: at all) once the files of this run repeat at
-- least $share of its keys. File by file, because towns deliver separately: a corrected list of one town
-- must not sweep away the others. Rows without a usable key go with their file.
with
arrived as (
    select
        current_table.row_key as row_key,
        current_table.delivery_id as delivery_id,
        delivered_file.file as file,
    from current_table
    join delivered_file on delivered_file.delivery_id = current_table.delivery_id
    where delivered_file.run_id = $run
        and current_table.row_key is not null
        and current_table.delivery_id <= $delivery
),
months as (
    select distinct current_table.month as month
    from current_table
    where current_table.delivery_id = $delivery
),
earlier as (
    select
        current_table.row_id as row_id,
        current_table.row_key as row_key,
        current_table.delivery_id as delivery_id,
        current_table.month as month,
        current_table.superseded_by as superseded_by,
        delivered_file.file as file,
    from current_table
    join delivered_file on delivered_file.delivery_id = current_table.delivery_id
    left join delivered_file as newer on newer.delivery_id = current_table.superseded_by
    where current_table.delivery_id < $delivery
        and delivered_file.file <> (select delivered_file.file from delivered_file where delivered_file.delivery_id = $delivery)
        and (current_table.superseded_by is null or newer.run_id = $run)
        and current_table.month in (select months.month from months)
),
repeated as (
    select
        earlier.file as file,
        earlier.month as month,
        count(distinct earlier.row_key) as keys,
    from earlier
    join arrived on arrived.row_key = earlier.row_key
    where arrived.delivery_id > earlier.delivery_id
        and arrived.file <> earlier.file
    group by all
),
held as (
    select
        earlier.file as file,
        earlier.month as month,
        count(distinct earlier.row_key) as keys,
    from earlier
    group by all
)
select earlier.row_id as row_id
from earlier
join held on held.file = earlier.file and held.month = earlier.month
join repeated on repeated.file = earlier.file and repeated.month = earlier.month
where earlier.superseded_by is null
    and repeated.keys >= $share * held.keys
