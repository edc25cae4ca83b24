-- Grain: one row per figure of a delivery that was measured and about which no expectation has been judged, with the
-- heading of its column as printed, or as usual where the file has none. A delivery too small for any bound comes up
-- each night, which costs nothing: there is nothing to judge.
select
    profile.delivery_id,
    delivery.source_table,
    profile.measure,
    profile.column_name,
    profile.value,
    profile.basis,
    coalesce(read_column.heading, contract_column.heading) as heading,

from quality.profile as profile
join raw.delivery as delivery on delivery.delivery_id = profile.delivery_id
left join raw.read_column as read_column
    on read_column.delivery_id = profile.delivery_id
    and read_column.column_name = profile.column_name
left join raw.contract_column as contract_column
    on contract_column.source_table = delivery.source_table
    and contract_column.column_name = profile.column_name
where profile.delivery_id not in (select outcome.delivery_id from quality.outcome as outcome)
order by profile.delivery_id, profile.measure, profile.column_name
