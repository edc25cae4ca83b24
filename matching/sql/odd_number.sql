-- One row per distinct written number that is not plainly valid.
select distinct odd as id_no
from matching_written
where odd is not null
order by odd
