-- One row per person with a number and name written for that person beyond doubt.
select distinct placed.cluster, claim.folded, claim.key, claim.pinyin
from matching_placed as placed
join matching_claim as claim
    on claim.identity_id = placed.identity_id
where placed.is_strong and claim.key <> ''
