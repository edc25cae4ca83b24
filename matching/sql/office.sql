-- One row per identity: which departments and which tables wrote it, one bit each.
with

delivery as (

    select
        delivery_id,
        1::ubigint << (dense_rank() over (order by department) - 1)::ubigint as department_bit,
        1::ubigint << (dense_rank() over (order by source_table) - 1)::ubigint as table_bit,

    from raw.delivery

)

select
    mapped.identity_id,
    bit_or(delivery.department_bit) as departments,
    bit_or(delivery.table_bit) as tables,

from identity.row_identity as mapped
join delivery
    on delivery.delivery_id = mapped.row_id // 1000000000
group by mapped.identity_id
