-- One row per person with a number and value that some open identity asks for.
select distinct placed.cluster, context.kind, context.value, context.crowd, context.is_home
from matching_placed as placed
join matching_context as context
    on context.identity_id = placed.identity_id
semi join matching_wanted as wanted
    on wanted.kind = context.kind
    and wanted.value = context.value
where placed.cluster > 0
