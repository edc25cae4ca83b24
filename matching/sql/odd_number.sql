-- One row per distinct written number that is not plainly valid.
select distinct person.id_no
from identity.identity as person
anti join matching_plain_number as plain
    on plain.identity_id = person.identity_id
where person.id_no is not null
order by person.id_no
