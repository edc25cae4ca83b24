-- One row per two different names of matching_{table}, with one spelling of each, to be compared in Python.
select distinct pair.name_no, pair.person_name_no, one.display, other.display as person_display
from matching_{table} as pair
join matching_form as one
    on one.name_no = pair.name_no
join matching_form as other
    on other.name_no = pair.person_name_no
where not pair.is_same
