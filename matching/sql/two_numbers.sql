-- One row per two people with numbers of their own, the same name, and either a phone, address or family
-- in common or numbers that differ in two places only: perhaps one person with an old and a new number.
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
from named as a
join named as b
    on b.key = a.key
    and b.cluster > a.cluster
where hamming(a.number, b.number) <= 2
