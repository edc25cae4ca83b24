-- One row per identity: its cluster, by number, by evidence, with other records, or alone. A cluster is the first 17
-- digits of a person's number, or the smallest identity of a person without one, below zero.
select identity_id, cluster, round, is_certain, is_strong, probability
from matching_placed

union all

select
    claim.identity_id,
    coalesce(joined.cluster, -claim.identity_id) as cluster,
    case when joined.cluster is null then 'single_record' else 'agreeing_records' end as round,
    false as is_certain,
    false as is_strong,
    null::double as probability,

from matching_claim as claim
anti join matching_placed as placed
    on placed.identity_id = claim.identity_id
left join matching_joined as joined
    on joined.identity_id = claim.identity_id
