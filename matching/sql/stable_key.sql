-- One row per person whom an answer names by person_id: a name that outlives merges and splits. A person with a
-- number is that number, one without is the first identity of theirs; ids are those that the last run published.
select
    earlier.person_id,
    coalesce(
        'number:' || min(person.id_no),
        'identity:' || min(earlier.identity_id)
    ) as stable_key,

from identity.person_key as earlier
left join identity.person as person
    on person.person_id = earlier.person_id
where earlier.person_id in (
    select left_key from identity.judgement

    union

    select right_key from identity.judgement
)
group by earlier.person_id
