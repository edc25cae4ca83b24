-- One row per two people without a number of their own whose names sound alike and whom nothing contradicts.
with

record as (

    select distinct
        final.cluster,
        open.pinyin,
        open.sex,
        open.birth_date,
        case
            when open.number is null and open.quality in ('excel_truncated', 'rounded_double', 'invalid', 'one_slip')
                and len(open.digits) = 18 then open.digits
        end as digits,

    from matching_open as open
    join matching_final as final
        on final.identity_id = open.identity_id
    where starts_with(final.cluster, 'identity:')

)

select a.cluster, b.cluster as other_cluster
from record as a
join record as b
    on b.pinyin = a.pinyin
    and b.cluster > a.cluster
group by a.cluster, b.cluster
having not bool_or(
    coalesce(a.sex <> b.sex, false)
    or coalesce(
        (year(a.birth_date) = year(b.birth_date))::integer
        + (month(a.birth_date) = month(b.birth_date))::integer
        + (day(a.birth_date) = day(b.birth_date))::integer < 2, false
    )
    or case when a.digits is null or b.digits is null then false else hamming(a.digits, b.digits) > 6 end
)
