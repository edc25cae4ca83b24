-- One row per identity that the last pass over the rounds gave exactly one person.
select identity_id, cluster, round, false as is_certain, false as is_strong
from matching_best_round
where candidates = 1
