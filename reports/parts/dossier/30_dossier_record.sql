-- One row per member, department and source table: how many rows, and in which file the latest lies.
select
    link.person_id,
    delivery.department,
    delivery.source_table,
    count(*)                                               as row_count,
    arg_max(delivery.source_file, row_identity.row_id)     as source_file,

from identity.link as link
join identity.row_identity as row_identity on row_identity.identity_id = link.identity_id
join raw.delivery as delivery on delivery.delivery_id = row_identity.row_id // 1000000000
where delivery.status <> 'superseded'
    and link.person_id in (select member.person_id from temp.dossier_member as member)
group by link.person_id, delivery.department, delivery.source_table
