-- One row per person any department knows.
select
    person_id,
    name,
    id_no,
    sex,
    birth_date,
    id_quality,
    departments,

from identity.person
