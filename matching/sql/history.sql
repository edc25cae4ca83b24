-- One row per change of a person since the last run.
with

now as (

    select
        cluster_order.identity_id,
        cluster_order.person_id as earlier_id,
        person.person_id,

    from matching_cluster_order as cluster_order
    join matching_cluster_person as person
        on person.cluster = cluster_order.cluster

),

alive as (select distinct person_id from now)

select
    person_id,
    'created' as change,
    null::varchar as other_person_id,

from now
group by person_id
having count(earlier_id) = 0

union all

select distinct earlier_id as person_id, 'merged' as change, person_id as other_person_id
from now
where earlier_id <> person_id and earlier_id not in (select person_id from alive)

union all

select distinct person_id, 'split' as change, earlier_id as other_person_id
from now
where earlier_id <> person_id and earlier_id in (select person_id from alive)
