-- One row per folded name: its text, one spelling of it, its key and its first character.
select
    name_no,
    any_value(folded) as folded,
    min(display) as display,
    min(key) as key,
    hash(min(key)[1]) as surname_no,

from matching_name
where name_no is not null
group by name_no
