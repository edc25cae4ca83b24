-- One row per delivery of the twelve months before issue: the rows the file has, against what became of them,
-- counted from the loaded, rejected and skipped rows themselves. Nothing is loaded from a refused or unchanged
-- file or a sheet that is no table, so there the delivery's own marks are the second side.
with

delivery as (

    select
        raw_delivery.*,
        raw_delivery.status in ('refused', 'unchanged') or raw_delivery.source_table is null as by_marks,

    from raw.delivery as raw_delivery

),

loaded as (

    select row_identity.row_id // 1000000000 as delivery_id, count(*) as row_count
    from identity.row_identity as row_identity
    group by all

),

rejected as (

    select rejected_row.delivery_id, count(distinct rejected_row.source_row) as row_count
    from raw.rejected_row as rejected_row
    group by rejected_row.delivery_id

),

skipped as (

    select skipped_row.delivery_id, count(distinct skipped_row.source_row) as row_count
    from raw.skipped_row as skipped_row
    group by skipped_row.delivery_id

)

select
    delivery.delivery_id,
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    delivery.sheet,
    delivery.rows_in,
    case when delivery.by_marks then coalesce(delivery.rows_loaded, 0)
        else coalesce(loaded.row_count, 0) end    as loaded,
    case when delivery.by_marks then coalesce(delivery.rows_rejected, 0)
        else coalesce(rejected.row_count, 0) end  as rejected,
    case when delivery.by_marks then coalesce(delivery.rows_skipped, 0)
        else coalesce(skipped.row_count, 0) end   as skipped,
    delivery.status,

from delivery
cross join temp.context as context
left join loaded on loaded.delivery_id = delivery.delivery_id
left join rejected on rejected.delivery_id = delivery.delivery_id
left join skipped on skipped.delivery_id = delivery.delivery_id
where delivery.received_at >= context.month - interval 12 month
