-- One row per identity that has a person so far.
select identity_id, cluster, round, is_certain, is_strong
from matching_by_number
