-- One row per candidate person and kind of phone, address or family number that is known of them.
select distinct placed.cluster, context.kind
from matching_placed as placed
semi join (select distinct cluster from matching_pair) as candidate
    on candidate.cluster = placed.cluster
join matching_context as context
    on context.identity_id = placed.identity_id
