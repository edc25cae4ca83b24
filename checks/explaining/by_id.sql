-- The person of an id; an id that was merged away leads to the person it went into.
with recursive

followed as (

    select $given as person_id, 0 as step

    union

    select history.other_person_id as person_id, followed.step + 1 as step
    from followed
    join identity.person_history as history
        on history.person_id = followed.person_id
        and history.change = 'merged'
    where followed.step < 20

)

select distinct person_id
from identity.person
where person_id in (select person_id from followed)
