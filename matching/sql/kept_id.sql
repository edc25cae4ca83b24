-- One row per cluster with the earlier person id that lives on in it. An earlier id goes to the cluster that
-- has most of its proven records, then most records; a cluster that several ids go to keeps the smallest.
with

holding as (

    select
        person_id,
        cluster,
        count(*) filter (is_strong) as strong,
        count(*) as records,
        min(place) as place,

    from matching_cluster_order
    where person_id is not null
    group by person_id, cluster

),

home as (

    select *
    from holding
    qualify row_number() over (partition by person_id order by strong desc, records desc, place) = 1

)

select cluster, min(person_id) as person_id
from home
group by cluster
