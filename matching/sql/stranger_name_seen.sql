-- One row per level of agreement between the names of two people taken at random.
select 'name' as field, compared.agreement as level, 0 as office, count(*)::double as count
from matching_stranger_name as pair
join matching_compared as compared
    on compared.name_no = pair.name_no
    and compared.person_name_no = pair.person_name_no
group by compared.agreement
