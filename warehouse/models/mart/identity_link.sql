-- view
-- One row per loaded source row of every table, superseded ones too: rows in = loaded + rejected + skipped.
-- row_id = delivery_id * 1_000_000_000 + source_row: the row's place follows from its id alone.
select
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    (row_identity.row_id % 1000000000)::bigint as source_row,
    link.person_id,
    link.method,
    link.probability,
    link.certain,
    link.because,
    delivery.sheet,
    delivery.delivery_id,

from identity.row_identity as row_identity
join identity.link as link on link.identity_id = row_identity.identity_id
join mart.delivery as delivery on delivery.delivery_id = row_identity.row_id // 1000000000
