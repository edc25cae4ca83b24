-- One row per identity and person with a number whom somebody has told apart: never to be linked again.
with

told as (

    select left_key as identity_key, right_key as person_key, verdict, judged_at
    from identity.judgement

    union all

    select right_key as identity_key, left_key as person_key, verdict, judged_at
    from identity.judgement

),

last as (

    select identity_key, person_key, arg_max(verdict, judged_at) as verdict
    from told
    group by identity_key, person_key

)

select
    substr(identity_key, 10)::bigint as identity_id,
    substr(person_key, 8, 17)::bigint as cluster,

from last
where verdict = 'different' and starts_with(identity_key, 'identity:') and starts_with(person_key, 'number:')
