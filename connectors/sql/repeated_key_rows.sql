-- Grain: one row per row in force of another, earlier file whose key the arriving delivery repeats.
-- of_this_run tells rows that came in the same run: there a few equal keys are an overlap of a file that
-- was split, not a correction.
with
arriving as (
    select distinct current_table.row_key as row_key
    from current_table
    where current_table.delivery_id = $delivery
        and current_table.row_key is not null
)
select
    current_table.row_id as row_id,
    current_table.row_key as row_key,
    delivered_file.run_id = $run as of_this_run,
from current_table
join delivered_file on delivered_file.delivery_id = current_table.delivery_id
where current_table.superseded_by is null
    and current_table.delivery_id < $delivery
    and delivered_file.file <> (select delivered_file.file from delivered_file where delivered_file.delivery_id = $delivery)
    and current_table.row_key in (select arriving.row_key from arriving)
