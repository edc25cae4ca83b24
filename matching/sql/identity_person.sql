-- One row per identity with its cluster and person.
select final.identity_id, final.cluster, person.person_id
from matching_final as final
join matching_cluster_person as person
    on person.cluster = final.cluster
