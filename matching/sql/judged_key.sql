-- One row per key of an answer and cluster it names: that of a number, or that of an identity.
with

key as (

    select left_key as key from identity.judgement

    union

    select right_key as key from identity.judgement

)

select key, substr(key, 8, 17)::bigint as cluster
from key
where starts_with(key, 'number:')

union all

select key.key, assigned.cluster
from key
join {places} as assigned
    on assigned.identity_id = try_cast(substr(key.key, 10) as bigint)
where starts_with(key.key, 'identity:')
