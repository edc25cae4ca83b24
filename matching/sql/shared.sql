-- One row per open identity, person and kind of thing they share. What a crowd shares counts only between
-- bearers of one name: all others would meet one another.
select
    wanted.identity_id,
    context.cluster,
    wanted.label,
    min(context.crowd) as crowd,
    bool_or(context.is_home) as is_home,

from matching_wanted as wanted
join matching_person_context as context
    on context.kind = wanted.kind
    and context.value = wanted.value
    and context.is_home
group by wanted.identity_id, context.cluster, wanted.label

union all

select
    wanted.identity_id,
    context.cluster,
    wanted.label,
    min(context.crowd) as crowd,
    false as is_home,

from matching_wanted as wanted
join matching_person_context as context
    on context.kind = wanted.kind
    and context.value = wanted.value
    and not context.is_home
join matching_cluster_name as name
    on name.cluster = context.cluster
    and name.key_no = wanted.key_no
group by wanted.identity_id, context.cluster, wanted.label
having not bool_or(context.is_home)
