-- One row per fact under an open finding, with where it lies.
select
    evidence.finding_id,
    evidence.position,
    evidence.row_id,
    evidence.event_date,
    evidence.what,
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    delivery.sheet,
    evidence.row_id % 1000000000  as source_row,

from findings.evidence as evidence
join raw.delivery as delivery on delivery.delivery_id = evidence.row_id // 1000000000
