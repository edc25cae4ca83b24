-- One row per source row of a person whom a finding or an open identity question is about: what the row says,
-- as written by its department. Only these people: the event tables are large.
with

wanted as (

    select subject.subject_id as person_id from temp.subject as subject where subject.is_open
    union
    select review.person_id from mart.identity_review as review
    union
    select review.other_person_id from mart.identity_review as review

),

wanted_identity as (

    select link.identity_id, link.person_id
    from identity.link as link
    join wanted on wanted.person_id = link.person_id

)

select
    wanted_identity.person_id,
    row_identity.row_id,
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    delivery.sheet,
    row_identity.row_id % 1000000000  as source_row,
    identity.name,
    identity.id_no,
    identity.sex,
    identity.birth_date,

from wanted_identity
join identity.row_identity as row_identity on row_identity.identity_id = wanted_identity.identity_id
join identity.identity as identity on identity.identity_id = wanted_identity.identity_id
join raw.delivery as delivery on delivery.delivery_id = row_identity.row_id // 1000000000
where delivery.status <> 'superseded'
