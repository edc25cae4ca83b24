-- One row per cluster with the earlier person id that lives on in it. An earlier id goes to the cluster that
-- has most of its proven records, then most records; a cluster that several ids go to keeps the smallest.
with

holding as (

    select
        earlier.person_id,
        final.cluster,
        count(*) filter (final.is_strong) as strong,
        count(*) as records,

    from identity.person_key as earlier
    join matching_final as final
        on final.identity_id = earlier.identity_id
    group by earlier.person_id, final.cluster

),

home as (

    select *
    from holding
    qualify row_number() over (partition by person_id order by strong desc, records desc, cluster < 0, abs(cluster)) = 1

)

select cluster, min(person_id) as person_id
from home
group by cluster
