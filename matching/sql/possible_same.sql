-- One row per person and other person that could be the same, both ways round: every person without a
-- number beside each person whose name agrees and whom no digit, birth date or sex contradicts, and
-- whatever waits for review. Generous on purpose: what another self may hold protects a person.
with

number_pair as (

    select final.cluster, pair.cluster as other_cluster
    from matching_pair as pair
    join matching_final as final
        on final.identity_id = pair.identity_id
        and starts_with(final.cluster, 'identity:')
    group by final.cluster, pair.cluster
    having not bool_or(
        pair.number = 'contradicts'
        or (pair.birth = 'different' and pair.number not in ('slip', 'truncated', 'rounded', 'masked'))
        or (pair.sex = 'different' and pair.birth <> 'equal' and pair.number not in ('slip', 'truncated', 'rounded', 'masked'))
    )

),

met as (

    select cluster, other_cluster from number_pair

    union

    select cluster, other_cluster from matching_weak_pair

),

one_way as (

    select a.person_id, b.person_id as other_person_id
    from met
    join matching_cluster_person as a
        on a.cluster = met.cluster
    join matching_cluster_person as b
        on b.cluster = met.other_cluster

    union

    select person_id, other_person_id
    from matching_doubt

),

both_ways as (

    select person_id, other_person_id from one_way

    union

    select other_person_id as person_id, person_id as other_person_id from one_way

)

select both_ways.person_id, both_ways.other_person_id
from both_ways
anti join (select * from matching_judged_pair where verdict <> 'unsure') as judged
    on judged.person_id = both_ways.person_id
    and judged.other_person_id = both_ways.other_person_id
where both_ways.person_id <> both_ways.other_person_id
