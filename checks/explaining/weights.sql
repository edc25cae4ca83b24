-- One row per identity weighed into this person, and field: how it compares and what that weighs, in bits, against a
-- stranger, another member of the home and a twin; with one place where the record stands.
with

placed as (

    select
        link.identity_id,
        link.probability,
        min(mapped.row_id) as row_id,

    from identity.link as link
    join identity.row_identity as mapped
        on mapped.identity_id = link.identity_id
    where link.person_id = $person and link.method = 'weighed_evidence'
    group by link.identity_id, link.probability

)

select
    delivery.department,
    delivery.source_file,
    delivery.sheet,
    (placed.row_id % 1000000000)::bigint as source_row,
    placed.probability,
    comparison.phrase,
    comparison.weight,
    comparison.home_weight,
    comparison.twin_weight,

from placed
join identity.comparison as comparison
    on comparison.identity_id = placed.identity_id
    and comparison.person_id = $person
join raw.delivery as delivery
    on delivery.delivery_id = placed.row_id // 1000000000
order by delivery.department, delivery.source_file, source_row, comparison.weight desc, comparison.field
