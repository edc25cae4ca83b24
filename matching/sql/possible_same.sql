-- One row per person and other person that could be the same, both ways round: every person without a
-- number beside each person whose name agrees and whom no digit, birth date or sex contradicts, and
-- whatever waits for review. Generous on purpose: what another self may hold protects a person.
-- Not so generous that a name alone speaks for everybody: a record of which nothing but the name can be compared says
-- nothing about one of the many who bear it (more than three), nor about somebody whose name merely sounds alike.
-- A damaged number one slip away speaks for its owner even where the name is written wrong too, if the surname holds.
with

number_pair as (

    select final.cluster, pair.cluster as other_cluster
    from matching_pair as pair
    join matching_final as final
        on final.identity_id = pair.identity_id
    where final.cluster < 0
    group by final.cluster, pair.cluster
    having not bool_or(
        pair.number in ('far', 'masked_away', 'tail_away', 'glimpsed_away')
        or (pair.birth in ('different', 'month_away', 'year_away') and pair.number not in ('slip', 'truncated', 'rounded', 'masked'))
        or (pair.sex = 'different' and pair.birth <> 'equal' and pair.number not in ('slip', 'truncated', 'rounded', 'masked'))
    )
    and bool_or(
        pair.number <> 'unknown'
        or pair.birth in ('equal', 'close')
        or (pair.name <> 'homophone' and pair.bearers <= 3)
    )

),

slipped as (

    select final.cluster, numbered.cluster as other_cluster
    from matching_numbered as numbered
    join matching_final as final
        on final.identity_id = numbered.identity_id
    where final.cluster < 0

),

met as (

    select cluster, other_cluster from number_pair

    union

    select cluster, other_cluster from slipped

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
