-- One row per number and name that is its owner's in writing.
select number_no, name_no
from matching_number_state
where not is_several and not is_borrowed

union all

select number_no, name_no
from matching_standing
where agreement = 'exact'
