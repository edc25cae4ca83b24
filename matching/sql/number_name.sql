-- One row per valid number and name written beside it.
select distinct number.number, name.key
from identity.identity as person
join matching_number as number
    on number.id_no = person.id_no
join matching_name as name
    on name.name is not distinct from person.name
where number.quality = 'valid'
