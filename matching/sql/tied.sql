-- One row per identity and thing that ties it to a household: phone, address, family number.
select person.identity_id, context.kind, context.value
from identity.identity as person
join matching_written_context as context
    on context.kind = 'phone'
    and context.text = person.phone

union

select person.identity_id, context.kind, context.value
from identity.identity as person
join matching_odd_number as number
    on number.id_no = person.id_no
join matching_written_context as context
    on context.kind = 'phone'
    and context.text = number.phone

union all

select person.identity_id, context.kind, context.value
from identity.identity as person
join matching_written_context as context
    on context.kind = 'address'
    and context.text = person.address

union all

select person.identity_id, context.kind, context.value
from identity.identity as person
join matching_written_context as context
    on context.kind = 'family'
    and context.text = person.family_no
