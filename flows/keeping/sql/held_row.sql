-- One row per source row that is linked to the person: where it lies, since when, and whether it is in force.
select
    delivery.source_table,
    mapped.row_id,
    delivery.department,
    coalesce(contract.title, delivery.source_table) as title,
    delivery.source_file,
    delivery.sheet,
    delivery.sha256,
    (mapped.row_id % 1000000000)::bigint as source_row,
    delivery.received_at::date as received_on,
    link.certain,

from identity.link as link
join identity.row_identity as mapped
    on mapped.identity_id = link.identity_id
join raw.delivery as delivery
    on delivery.delivery_id = mapped.row_id // 1000000000
left join raw.contract as contract
    on contract.source_table = delivery.source_table

where link.person_id = $person

order by delivery.department, title, delivery.received_at, delivery.delivery_id, source_row
