-- One row per open identity and person whose names agree in writing, with the kinds of context they share.
-- 'owner' is what an open row that carries somebody else's number shares through that owner: a child
-- entered under a parent's number lives where the parent lives.
-- What a crowd shares counts only if, by the frequency of the name, hardly another of the crowd bears it.
with

pair as (

    select pair.identity_id, pair.cluster, pair.bearers
    from matching_pair as pair
    anti join matching_placed as placed
        on placed.identity_id = pair.identity_id
    where pair.name <> 'homophone' and pair.number not in ('contradicts', 'disputed')

),

placed_context as (

    select distinct placed.cluster, context.kind, context.value, context.crowd, context.is_home
    from matching_placed as placed
    join matching_context as context
        on context.identity_id = placed.identity_id

),

wanted as (

    select identity_id, kind, value, kind as label
    from matching_context
    where identity_id in (select identity_id from pair)

    union all

    select open.identity_id, owner.kind, owner.value, 'owner' as label
    from matching_open as open
    join placed_context as owner
        on owner.cluster = 'number:' || open.number
    where open.identity_id in (select identity_id from pair)

)

select
    pair.identity_id,
    pair.cluster,
    list(distinct wanted.label) as kinds,

from pair
join wanted
    on wanted.identity_id = pair.identity_id
join placed_context
    on placed_context.cluster = pair.cluster
    and placed_context.kind = wanted.kind
    and placed_context.value = wanted.value
where placed_context.is_home
    or placed_context.crowd * (pair.bearers - 1) <= 0.003 * (select count(*) from matching_cluster)
group by pair.identity_id, pair.cluster
