-- One row per cluster with its person_id: the kept one, or the next number never used before. New ids are given
-- to numbers first, in their order, then to records without one: that does not depend on how files came in.
with

clusters as (

    select distinct cluster
    from matching_final

)

select
    clusters.cluster,
    coalesce(
        kept.person_id,
        'P' || lpad((
            coalesce((select max(person_id[2:]::bigint) from identity.person_history), 0)
            + row_number() over (
                partition by kept.person_id is null
                order by clusters.cluster < 0, abs(clusters.cluster)
            )
        )::varchar, 7, '0')
    ) as person_id,

from clusters
left join matching_kept_id as kept
    on kept.cluster = clusters.cluster
