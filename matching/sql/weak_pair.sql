-- One row per two people without a number of their own whose names sound alike and whom nothing contradicts.
with

record as (

    select distinct
        final.cluster,
        open.sound_no,
        open.sex,
        open.birth,
        case
            when open.number_no is null and not open.is_contested and len(open.digits) = 18
                and open.quality in ('excel_truncated', 'rounded_double', 'invalid', 'one_slip') then open.digits
        end as digits,

    from matching_open as open
    join matching_final as final
        on final.identity_id = open.identity_id
    where final.cluster < 0

)

select a.cluster, b.cluster as other_cluster
from record as a
join record as b
    on b.sound_no = a.sound_no
    and b.cluster > a.cluster
group by a.cluster, b.cluster
having not bool_or(
    coalesce(a.sex <> b.sex, false)
    or coalesce(
        (a.birth // 10000 = b.birth // 10000)::integer
        + (a.birth // 100 % 100 = b.birth // 100 % 100)::integer
        + (a.birth % 100 = b.birth % 100)::integer < 2, false
    )
    or case when a.digits is null or b.digits is null then false else hamming(a.digits, b.digits) > 6 end
)
