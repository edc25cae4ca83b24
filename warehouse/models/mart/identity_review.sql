-- One row per doubtful pair that a person should look at: two people, or a person and a record.
-- What would speak against a person but rests on less than certain identity or fact stands here too, never among the
-- findings (due process 5): somebody's word can settle it. Such a row has no other person where none is in sight.
select
    review_id,
    person_id,
    other_person_id,
    record,
    probability,
    because,
    state,

from identity.review

union all

select
    concat('H', left(held.finding_id, 12)) as review_id,
    held.person_id,
    held.other_person_id,
    held.record::varchar                   as record,
    null::double                           as probability,
    held.reason                            as because,
    '待核实'                                as state,

from findings.held_back as held

where held.kind = 'adverse'
    and held.person_id is not null
