-- Grain: one row. Deliveries whose loaded rows are not each linked exactly once, or that were refused and left rows.
-- Counted over the links that are published, against what intake counted.
with

linked as (

    select identity_link.delivery_id, count(*) as row_count

    from mart.identity_link as identity_link
    group by identity_link.delivery_id

)

select count(*) as figure

from mart.delivery as delivery
full join linked on linked.delivery_id = delivery.delivery_id
where coalesce(delivery.rows_loaded, 0) <> coalesce(linked.row_count, 0)
