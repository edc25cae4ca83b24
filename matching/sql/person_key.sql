-- One row per identity: the person it belongs to after this run.
select cluster_order.identity_id, person.person_id
from matching_cluster_order as cluster_order
join matching_cluster_person as person
    on person.cluster = cluster_order.cluster
