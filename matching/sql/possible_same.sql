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
        and starts_with(final.cluster, 'identity:')
    group by final.cluster, pair.cluster
    having not bool_or(
        pair.number = 'contradicts'
        or (pair.birth = 'different' and pair.number not in ('slip', 'truncated', 'rounded', 'masked'))
        or (pair.sex = 'different' and pair.birth <> 'equal' and pair.number not in ('slip', 'truncated', 'rounded', 'masked'))
    )
    and bool_or(
        pair.number <> 'open'
        or pair.birth in ('equal', 'close')
        or (pair.name <> 'homophone' and pair.bearers <= 3)
    )

),

damaged as (

    select
        final.cluster,
        open.digits,
        left(open.key, 1) as surname,

    from matching_open as open
    join matching_final as final
        on final.identity_id = open.identity_id
        and starts_with(final.cluster, 'identity:')
    where len(open.digits) between 17 and 19

),

-- A slip leaves the first 14, the last 12, or the first 6 and the last 4 as they were: equality finds all of them.
near_number as (

    select damaged.cluster, person.cluster as other_cluster, damaged.digits, person.number, damaged.surname
    from damaged
    join matching_cluster as person
        on left(person.number, 14) = left(damaged.digits, 14)

    union

    select damaged.cluster, person.cluster, damaged.digits, person.number, damaged.surname
    from damaged
    join matching_cluster as person
        on right(person.number, 12) = right(damaged.digits, 12)

    union

    select damaged.cluster, person.cluster, damaged.digits, person.number, damaged.surname
    from damaged
    join matching_cluster as person
        on left(person.number, 6) = left(damaged.digits, 6)
        and right(person.number, 4) = right(damaged.digits, 4)

),

slipped as (

    select near.cluster, near.other_cluster
    from near_number as near
    join matching_cluster_name as person_name
        on person_name.cluster = near.other_cluster
        and left(person_name.key, 1) = near.surname
    where damerau_levenshtein(near.digits, near.number) <= 1

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
