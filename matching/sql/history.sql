-- One row per change of a person since the last run.
with

now as (

    select mapped.identity_id, earlier.person_id as earlier_id, mapped.person_id
    from identity.person_key as earlier
    join matching_identity_person as mapped
        on mapped.identity_id = earlier.identity_id
    where earlier.person_id <> mapped.person_id

)

select person_id, 'created' as change, null::varchar as other_person_id
from matching_cluster_person as person
anti join (
    select distinct mapped.cluster
    from identity.person_key as earlier
    join matching_identity_person as mapped
        on mapped.identity_id = earlier.identity_id
) as known
    on known.cluster = person.cluster

union all

select distinct now.earlier_id as person_id, 'merged' as change, now.person_id as other_person_id
from now
anti join matching_kept_id as alive
    on alive.person_id = now.earlier_id

union all

select distinct now.person_id, 'split' as change, now.earlier_id as other_person_id
from now
semi join matching_kept_id as alive
    on alive.person_id = now.earlier_id
