-- One row per two people with numbers of their own who share a home: a sample, with what can agree by chance
-- or by kinship between them.
with

member as (

    select distinct placed.cluster, context.kind, context.value
    from matching_placed as placed
    join matching_context as context
        on context.identity_id = placed.identity_id
        and context.is_home
        and context.crowd > 1
    where placed.cluster > 0 and context.value % 100 < ?

),

met as (

    select distinct one.cluster, other.cluster as other_cluster
    from member as one
    join member as other
        on other.kind = one.kind
        and other.value = one.value
        and other.cluster > one.cluster

)

select
    met.cluster,
    met.other_cluster,
    one.birth,
    other.birth as other_birth,
    one.sex,
    other.sex as other_sex,
    case
        when one.cluster // 100 = other.cluster // 100 then 'truncated'
        when hamming(one.number, other.number) <= 2 then 'slip'
        when hamming(one.number, other.number) <= 4 then 'near'
        else 'far'
    end as number,
    one.number[1:6] = other.number[1:6] as is_glimpsed,
    one.number[1:4] = other.number[1:4] and one.number[15:] = other.number[15:] as is_tail,
    one.number[1:6] = other.number[1:6] and one.number[15:] = other.number[15:] as is_masked,
    one_name.name_no,
    other_name.name_no as person_name_no,
    one_name.name_no = other_name.name_no as is_same,

from met
join matching_cluster as one
    on one.cluster = met.cluster
join matching_cluster as other
    on other.cluster = met.other_cluster
join (select cluster, min(name_no) as name_no from matching_cluster_name group by cluster) as one_name
    on one_name.cluster = met.cluster
join (select cluster, min(name_no) as name_no from matching_cluster_name group by cluster) as other_name
    on other_name.cluster = met.other_cluster
order by hash(met.cluster, met.other_cluster)
limit 20000
