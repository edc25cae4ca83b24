-- One row per change of a person since the last run.
with

now as (

    select distinct earlier.person_id as earlier_id, person.person_id
    from identity.person_key as earlier
    join matching_final as final
        on final.identity_id = earlier.identity_id
    join matching_cluster_person as person
        on person.cluster = final.cluster
    where earlier.person_id <> person.person_id

)

select person_id, 'created' as change, null::varchar as other_person_id
from matching_cluster_person as person
anti join (
    select distinct final.cluster
    from identity.person_key as earlier
    join matching_final as final
        on final.identity_id = earlier.identity_id
) as known
    on known.cluster = person.cluster

union all

select now.earlier_id as person_id, 'merged' as change, now.person_id as other_person_id
from now
anti join matching_kept_id as alive
    on alive.person_id = now.earlier_id

union all

select now.person_id, 'split' as change, now.earlier_id as other_person_id
from now
semi join matching_kept_id as alive
    on alive.person_id = now.earlier_id
