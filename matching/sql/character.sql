-- One row per character of the plain names.
select distinct unnest(string_split(name, '')) as character
from matching_plain_name
where is_plain
