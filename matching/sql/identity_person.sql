-- One row per identity with its cluster and person.
select final.identity_id, final.cluster, cluster_person.person_id
from matching_final as final
join matching_cluster_person as cluster_person
    on cluster_person.cluster = final.cluster
