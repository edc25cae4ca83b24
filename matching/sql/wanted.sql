-- One row per open identity and value of phone, address or family number by which it may share a home with a
-- person. 'owner': what an open row that carries somebody else's number shares through that owner: a child
-- entered under a parent's number lives where the parent lives.
select open.identity_id, open.key_no, context.kind, context.value, context.kind as label
from matching_open as open
join matching_context as context
    on context.identity_id = open.identity_id

union all

select distinct open.identity_id, open.key_no, context.kind, context.value, 'owner' as label
from matching_open as open
join matching_placed as placed
    on placed.cluster = open.number_no
join matching_context as context
    on context.identity_id = placed.identity_id
    and context.is_home
where open.kind = 'borrowed'
