-- One row per identity question that an answer came back for: its two sides as keys that outlive the night's person
-- ids: the record that was shown, and the other person by a record (a certain one before any other) and by the number
-- that the record does not claim too: whoever comes under it later is meant as well.
with

side as (

    select
        answered.row_key,
        own.identity_id,
        answered.other_person_id,
        number.resolved as own_number,

    from answered_now as answered
    join identity.row_identity as own on own.row_id = answered.own_row_id
    join identity.identity as written on written.identity_id = own.identity_id
    left join identity.number as number on number.id_no = written.id_no

)

select
    side.row_key,
    'identity:' || side.identity_id                                     as record_key,
    'identity:' || min(other.identity_id) filter (other.certain)        as certain_key,
    'identity:' || min(other.identity_id)                               as any_key,
    case
        when any_value(person.id_quality) = 'valid' and any_value(person.id_no) is distinct from any_value(side.own_number)
            then 'number:' || any_value(person.id_no)
    end                                                                 as number_key,
    any_value(person.person_id) is not null                             as is_known,

from side
left join identity.person as person on person.person_id = side.other_person_id
left join identity.link as other
    on other.person_id = side.other_person_id
    and other.identity_id <> side.identity_id
group by side.row_key, side.identity_id
