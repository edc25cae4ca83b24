-- One row per open identity and person in the first round that the identity reaches at all.
-- The identity is linked if that round knows one person only; two are a question for a person.
with

reached as (

    select
        pair.identity_id,
        pair.cluster,
        min(round.position) as position,

    from matching_pair as pair
    anti join matching_placed as placed
        on placed.identity_id = pair.identity_id
    left join matching_shared as shared
        on shared.identity_id = pair.identity_id
        and shared.cluster = pair.cluster
    join matching_round as round
        on list_contains(round.names, pair.name)
        and list_contains(round.numbers, pair.number)
        and list_contains(round.births, pair.birth)
        and pair.sex <> 'different'
        and (len(round.contexts) = 0 or coalesce(list_has_any(round.contexts, shared.kinds), false))
        and (round.bearers = 0 or pair.bearers <= round.bearers)
    group by pair.identity_id, pair.cluster

),

first_round as (

    select *
    from reached
    qualify position = min(position) over (partition by identity_id)

)

select
    first_round.identity_id,
    first_round.cluster,
    round.name as round,
    count(*) over (partition by first_round.identity_id) as candidates,

from first_round
join matching_round as round
    on round.position = first_round.position
