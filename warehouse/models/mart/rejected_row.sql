-- view
-- One row per reason for which a source row was not loaded.
select
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    rejected.source_row,
    rejected.column_name,
    rejected.reason,
    delivery.sheet,
    delivery.delivery_id,

from raw.rejected_row as rejected
join mart.delivery as delivery on delivery.delivery_id = rejected.delivery_id
