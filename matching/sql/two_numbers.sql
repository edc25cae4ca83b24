-- One row per two people with numbers of their own, the same name, and either a phone, address or family
-- in common or numbers that differ in two places only: perhaps one person with an old and a new number.
-- Of two numbers that differ in two places, one of these parts is equal: the month of birth, the last six,
-- or the region with the digits before or behind the middle of the last six. Meeting by parts keeps the
-- bearers of a common name from all meeting one another.
with

named as (

    select name.key_no, name.cluster, cluster.number
    from (select distinct key_no, cluster from matching_cluster_name) as name
    semi join (select key_no from matching_bearers where bearers > 1) as common
        on common.key_no = name.key_no
    join matching_cluster as cluster
        on cluster.cluster = name.cluster

),

at_home as (

    select distinct named.cluster, named.key_no, context.kind, context.value
    from named
    join matching_placed as placed
        on placed.cluster = named.cluster
    join matching_context as context
        on context.identity_id = placed.identity_id
        and context.is_home
        and context.crowd > 1

),

part as (

    select
        key_no,
        cluster,
        number,
        unnest([
            hash('month', cluster // 100000 % 1000000), hash('end', cluster % 100000, number[18]),
            hash('day', cluster // 100000000000, cluster // 100 % 1000),
            hash('check', cluster // 100000000000, cluster % 100, number[18])
        ]) as part,

    from named

)

select a.cluster, b.cluster as other_cluster
from at_home as a
join at_home as b
    on b.key_no = a.key_no
    and b.kind = a.kind
    and b.value = a.value
    and b.cluster > a.cluster

union

select a.cluster, b.cluster as other_cluster
from part as a
join part as b
    on b.key_no = a.key_no
    and b.part = a.part
    and b.cluster > a.cluster
where hamming(a.number, b.number) <= 2
