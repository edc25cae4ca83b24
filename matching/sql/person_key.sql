-- One row per identity: the person it belongs to after this run.
select final.identity_id, person.person_id
from matching_final as final
join matching_cluster_person as person
    on person.cluster = final.cluster
