-- One row per number that has a person of its own.
select cluster.number, cluster_person.person_id
from matching_cluster as cluster
join matching_cluster_person as cluster_person
    on cluster_person.cluster = cluster.cluster
