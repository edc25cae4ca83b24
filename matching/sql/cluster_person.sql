-- One row per cluster with its person_id: the kept one, or the next number never used before.
with

clusters as (

    select distinct cluster, place
    from matching_cluster_order

)

select
    clusters.cluster,
    coalesce(
        kept.person_id,
        'P' || lpad((
            coalesce((select max(person_id[2:]::bigint) from identity.person_history), 0)
            + row_number() over (partition by kept.person_id is null order by clusters.place)
        )::varchar, 7, '0')
    ) as person_id,

from clusters
left join matching_kept_id as kept
    on kept.cluster = clusters.cluster
