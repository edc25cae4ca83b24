-- Grain: one row per list of the same run that came before the arriving one in this run's order, tells of later
-- events and holds at least $share of the arriving keys: the newer state of the same list.
with
lists as (
    select
        current_table.delivery_id as delivery_id,
        max(current_table.told_until) as told_until,
    from current_table
    where current_table.superseded_by is null
    group by current_table.delivery_id
),
keys as (
    select distinct
        current_table.delivery_id as delivery_id,
        current_table.row_key as row_key,
    from current_table
    where current_table.row_key is not null
        and current_table.superseded_by is null
),
arriving as (
    select
        delivered_file.source_file as source_file,
        delivered_file.file as file,
        lists.told_until as told_until,
        (select count(*) from keys where keys.delivery_id = $delivery) as keys,
    from lists
    join delivered_file on delivered_file.delivery_id = lists.delivery_id
    where lists.delivery_id = $delivery
)
select
    lists.delivery_id as delivery_id,
    delivered_file.source_file as its_file,
    any_value(arriving.source_file) as own_file,
from lists
join delivered_file on delivered_file.delivery_id = lists.delivery_id
join arriving on arriving.told_until < lists.told_until and arriving.file <> delivered_file.file
join keys on keys.delivery_id = lists.delivery_id
where delivered_file.run_id = $run
    and lists.delivery_id < $delivery
    and keys.row_key in (select own.row_key from keys as own where own.delivery_id = $delivery)
group by lists.delivery_id, delivered_file.source_file, lists.told_until
having count(*) >= $share * any_value(arriving.keys)
order by lists.told_until desc, lists.delivery_id
