-- One row per two numbers that somebody has called one person's, both ways round: an old and a corrected number.
with

told as (

    select left_key as key, right_key as other_key, verdict, judged_at
    from identity.judgement

    union all

    select right_key as key, left_key as other_key, verdict, judged_at
    from identity.judgement

),

last as (

    select key, other_key, arg_max(verdict, judged_at) as verdict
    from told
    group by key, other_key

)

select
    substr(key, 8, 17)::bigint as number_no,
    substr(other_key, 8, 17)::bigint as other_no,

from last
where verdict = 'same' and starts_with(key, 'number:') and starts_with(other_key, 'number:')
