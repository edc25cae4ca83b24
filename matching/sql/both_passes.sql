-- The rows of matching_{table} of the pass that had the last word about each identity.
select *
from matching_{table}

union all

select first.*
from matching_first_{table} as first
anti join matching_open as open
    on open.identity_id = first.identity_id
