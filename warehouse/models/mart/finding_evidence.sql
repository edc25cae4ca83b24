-- One row per fact under a finding, with its place in the file of the department that delivered it.
select
    evidence.finding_id,
    evidence.position,
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    (evidence.row_id % 1000000000)::bigint as source_row,
    evidence.event_date,
    evidence.what,
    delivery.sheet,
    delivery.delivery_id,

from findings.evidence as evidence
left join raw.delivery as delivery on delivery.delivery_id = evidence.row_id // 1000000000
