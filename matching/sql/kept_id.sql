-- One row per cluster with the earlier person id that lives on in it. An earlier id goes to the cluster that
-- has most of its proven records, then most records; a cluster that several ids go to keeps the smallest.
-- A cluster without one gets back the id that its records were given first, if that id lives nowhere else:
-- people who were joined by mistake and are told apart again are who they were before.
with

record as (

    select earlier.person_id, earlier.first_id, final.cluster, final.is_strong
    from identity.person_key as earlier
    join matching_final as final
        on final.identity_id = earlier.identity_id

),

home as (

    select person_id, cluster
    from record
    group by person_id, cluster
    qualify row_number() over (
        partition by person_id
        order by count(*) filter (is_strong) desc, count(*) desc, cluster < 0, abs(cluster)
    ) = 1

),

kept as (

    select cluster, min(person_id) as person_id
    from home
    group by cluster

),

first_home as (

    select record.first_id as person_id, record.cluster
    from record
    anti join kept
        on kept.cluster = record.cluster
    anti join kept as alive
        on alive.person_id = record.first_id
    where record.first_id <> record.person_id
    group by record.first_id, record.cluster
    qualify row_number() over (
        partition by record.first_id
        order by count(*) filter (record.is_strong) desc, count(*) desc, record.cluster < 0, abs(record.cluster)
    ) = 1

)

select cluster, person_id
from kept

union all

select cluster, min(person_id) as person_id
from first_home
group by cluster
