-- Grain: one row per delivery of a known table, the last twelve of each department and table, oldest first, with how many
-- of its expectations failed.
with

failed as (

    select
        quality_check.delivery_id,
        count(*) filter (quality_check.severity = 'critical') as critical,
        count(*) filter (quality_check.severity = 'warning')  as warning,
        count(*) filter (quality_check.severity = 'info')     as info,

    from mart.quality_check as quality_check
    where not quality_check.passed
    group by quality_check.delivery_id

)

select
    delivery.department,
    coalesce(contract.title, delivery.source_table) as title,
    delivery.delivery_id,
    delivery.received_at,
    delivery.source_file,
    delivery.sheet,
    delivery.status,
    delivery.rows_loaded,
    delivery.rows_rejected,
    coalesce(failed.critical, 0)                    as critical,
    coalesce(failed.warning, 0)                     as warning,
    coalesce(failed.info, 0)                        as info,

from mart.delivery as delivery
left join raw.contract as contract on contract.source_table = delivery.source_table
left join failed on failed.delivery_id = delivery.delivery_id
where delivery.source_table is not null
    and delivery.status <> 'unchanged'
qualify row_number() over (
    partition by delivery.department, delivery.source_table order by delivery.delivery_id desc
) <= 12
order by delivery.department, title, delivery.delivery_id
