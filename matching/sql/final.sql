-- One row per identity: its place after every answer that people have given.
select identity_id, cluster, round, is_certain, is_strong, null::double as probability
from matching_moved

union all

select assigned.*
from matching_assigned as assigned
anti join matching_moved as moved
    on moved.identity_id = assigned.identity_id
