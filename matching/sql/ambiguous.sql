-- One row per identity and candidate where the identity's first round knows several people.
select identity_id, cluster, candidates
from matching_best_round
where candidates > 1
