-- What is known of each person: enough to tell them apart, the number masked.
select
    person_id,
    name,
    left(id_no, 6) || '********' || right(id_no, 4) as shown_number,
    sex,
    birth_date,
    id_quality,
    departments,

from identity.person

where list_contains($people, person_id)

order by person_id
