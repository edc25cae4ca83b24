-- One row per entry of the home's list of protected people and person it names: by person id, or by a number as
-- written anywhere. Whoever the machine could not tell from such a person is protected too.
with

listed as (

    select upper(trim(protected_entry.entry)) as entry from temp.protected_entry as protected_entry

),

named as (

    select listed.entry, link.person_id
    from identity.link as link
    join identity.identity as identity on identity.identity_id = link.identity_id
    left join identity.number as number on number.id_no = identity.id_no
    join listed
        on listed.entry in (upper(link.person_id), upper(identity.id_no), upper(identity.disability_no), number.resolved)

    union

    select listed.entry, person.person_id
    from mart.person as person
    join listed on listed.entry in (upper(person.person_id), upper(person.id_no))

)

select named.entry, named.person_id from named
union
select named.entry, possible_same.other_person_id
from identity.possible_same as possible_same
join named on named.person_id = possible_same.person_id
