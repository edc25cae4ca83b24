-- One row per two people with numbers of their own, the same name, and either a phone, address or family
-- in common or numbers that differ in two places only: perhaps one person with an old and a new number.
-- Of two numbers that differ in two places, one of these parts is equal: the month of birth, the last six,
-- or the region with the digits before or behind the middle of the last six. Meeting by parts keeps the
-- bearers of a common name from all meeting one another.
with

named as (

    select distinct name.key, cluster.cluster, cluster.number
    from matching_cluster_name as name
    join matching_cluster as cluster
        on cluster.cluster = name.cluster

),

at_home as (

    select distinct placed.cluster, name.key, context.kind, context.value
    from matching_placed as placed
    join matching_cluster_name as name
        on name.cluster = placed.cluster
    join matching_context as context
        on context.identity_id = placed.identity_id
        and context.is_home

),

part as (

    select
        key,
        cluster,
        number,
        unnest([
            'month ' || number[7:12], 'end ' || number[13:18], 'day ' || number[1:6] || number[13:15],
            'check ' || number[1:6] || number[16:18]
        ]) as part,

    from named

)

select a.cluster, b.cluster as other_cluster
from at_home as a
join at_home as b
    on b.key = a.key
    and b.kind = a.kind
    and b.value = a.value
    and b.cluster > a.cluster

union

select a.cluster, b.cluster as other_cluster
from part as a
join part as b
    on b.key = a.key
    and b.part = a.part
    and b.cluster > a.cluster
where hamming(a.number, b.number) <= 2
