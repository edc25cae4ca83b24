-- One row per distinct written name that is not plain.
select name
from matching_plain_name
where not is_plain
order by name
