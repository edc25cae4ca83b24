-- tab: 数据交付
-- title: 数据交付 · {month_label}
-- note: 本月往前十二个月以来收到的文件,以及从未收到的数据。没有交来的数据在规则里按“不知道”处理,不会因此列出核实事项。
with

known as (

    select
        delivery.department,
        delivery.source_table,
        delivery.source_file,
        delivery.sheet,
        delivery.received_at,
        delivery.rows_in,
        delivery.rows_loaded,
        delivery.rows_rejected,
        delivery.rows_skipped,
        delivery.status,
        delivery.reason,

    from mart.delivery as delivery
    cross join temp.context as context
    where delivery.received_at >= context.month - interval 12 month

),

missing as (

    select
        contract.department,
        contract.source_table,

    from raw.contract as contract
    where not exists (
        select 1
        from mart.delivery as delivery
        where delivery.source_table = contract.source_table
            and delivery.status in ('accepted', 'superseded', 'unchanged')
    )

),

listed as (

    select * from known
    union all by name
    select missing.*, 'missing' as status from missing

)

select
    label_of('department', listed.department)      as department_label,
    coalesce(contract.title, listed.source_table)  as table_title,
    listed.source_file,
    listed.sheet,
    listed.received_at,
    listed.rows_in,
    listed.rows_loaded,
    listed.rows_rejected,
    listed.rows_skipped,
    label_of('delivery_status', listed.status)     as delivery_status_label,
    listed.reason,

from listed
left join raw.contract as contract on contract.source_table = listed.source_table
order by
    listed.status <> 'missing',
    listed.status <> 'refused',
    listed.department,
    listed.source_table,
    listed.received_at,
    listed.source_file,
    listed.sheet
