-- One row per identity of the clusters that some answer names, with its place as an answer would name it.
select
    assigned.identity_id,
    assigned.cluster,
    assigned.round,
    assigned.is_certain,
    assigned.is_strong,

from matching_assigned as assigned
semi join matching_judged_key as judged
    on judged.cluster = assigned.cluster
order by assigned.identity_id
