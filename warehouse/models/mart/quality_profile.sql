-- view
-- One row per measure of a delivery (column_name NULL: of the delivery as a whole), for every delivery of a known table
-- that could be read, stopped ones too. column_name is ours, printed_heading the one in that file.
select
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    delivery.sheet,
    profile.measure,
    profile.column_name as measured_column,
    read_column.heading as printed_heading,
    profile.value       as measured,
    profile.basis,
    delivery.delivery_id,

from quality.profile as profile
join mart.delivery as delivery on delivery.delivery_id = profile.delivery_id
left join raw.read_column as read_column
    on read_column.delivery_id = profile.delivery_id
    and read_column.column_name = profile.column_name
