-- One row per source table: what has been received and when last, also tables never received.
with

received as (

    select
        delivery.source_table,
        max(delivery.received_at) as last_received,
        count(*) filter (where delivery.status = 'accepted') as files,
        sum(delivery.rows_loaded) as rows_loaded
    from raw.delivery as delivery
    where delivery.source_table is not null and delivery.status in ('accepted', 'superseded')
    group by delivery.source_table

)

select
    contract.department,
    contract.title,
    received.last_received,
    coalesce(received.files, 0) as files,
    coalesce(received.rows_loaded, 0) as rows_loaded

from raw.contract as contract
left join received
    on received.source_table = contract.source_table
order by contract.department, contract.source_table
