-- One row per two people about whom somebody gave an answer, both ways round, with the last one.
with

answer as materialized (

    select one.person_id, other.person_id as other_person_id, judgement.verdict, judgement.judged_at
    from identity.judgement as judgement
    join matching_judged_key as one_key
        on one_key.key = judgement.left_key
    join matching_judged_key as other_key
        on other_key.key = judgement.right_key
    join matching_cluster_person as one
        on one.cluster = one_key.cluster
    join matching_cluster_person as other
        on other.cluster = other_key.cluster

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
