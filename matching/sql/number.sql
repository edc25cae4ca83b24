-- One row per distinct written number with what it is: the plainly valid ones and those read in Python.
select *
from matching_odd_number

union all by name

select
    id_no,
    'valid' as quality,
    id_no as number,
    true as cosmetic,

from matching_plain_number
where is_valid
