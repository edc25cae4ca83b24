-- One row per identity and delivery it was seen in.
select
    mapped.identity_id,
    delivery.delivery_id,
    delivery.department,
    delivery.source_table,

from (select distinct identity_id, row_id // 1000000000 as delivery_id from identity.row_identity) as mapped
join raw.delivery as delivery
    on delivery.delivery_id = mapped.delivery_id
