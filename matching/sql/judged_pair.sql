-- One row per two people about whom somebody gave an answer, both ways round, with the last one.
with

key as (

    select left_key as key from identity.judgement

    union

    select right_key as key from identity.judgement

),

key_person as (

    select 'identity:' || identity_id as key, person_id
    from identity.person_key
    where 'identity:' || identity_id in (select key from key)

    union

    select cluster_person.cluster as key, cluster_person.person_id
    from matching_cluster_person as cluster_person
    where cluster_person.cluster in (select key from key)

    union

    select person_id as key, person_id
    from identity.person_key
    where person_id in (select key from key)

),

answer as materialized (

    select one.person_id, other.person_id as other_person_id, judgement.verdict, judgement.judged_at
    from identity.judgement as judgement
    join key_person as one
        on one.key = judgement.left_key
    join key_person as other
        on other.key = judgement.right_key

),

both_ways as (

    select * from answer

    union all

    select other_person_id as person_id, person_id as other_person_id, verdict, judged_at
    from answer

)

select person_id, other_person_id, arg_max(verdict, judged_at) as verdict
from both_ways
where person_id <> other_person_id
group by person_id, other_person_id
