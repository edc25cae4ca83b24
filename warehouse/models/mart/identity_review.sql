-- One row per doubtful pair that a person should look at: two people, or a person and a record.
select
    review_id,
    person_id,
    other_person_id,
    record,
    probability,
    because,
    state,

from identity.review
