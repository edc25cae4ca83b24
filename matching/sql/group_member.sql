-- One row per open identity and agreement it shares with another open identity of the same name.
-- Strongest first: the same damaged number, the same borrowed number, family, phone, address, birth date
-- under a rare name. `matching.clusters` joins them where nothing in the group contradicts.
with

still_open as (

    select open.*
    from matching_open as open
    anti join matching_placed as placed
        on placed.identity_id = open.identity_id

),

agreement as (

    select identity_id, key_no, 1 as strength, hash(coalesce(pattern, digits)) as value
    from still_open
    where number_no is null and not is_contested and len(digits) >= 10 and quality <> 'other_document'

    union all

    select identity_id, key_no, 2 as strength, hash(digits) as value
    from still_open
    where quality = 'other_document'

    union all

    select identity_id, key_no, 3 as strength, hash(coalesce(number_no, own_no), certificate_no) as value
    from still_open
    where number_no is not null or is_contested

    union all

    select
        still_open.identity_id,
        still_open.key_no,
        case context.kind when 'family' then 4 when 'phone' then 5 else 6 end as strength,
        context.value,

    from still_open
    join matching_context as context
        on context.identity_id = still_open.identity_id

    union all

    select still_open.identity_id, still_open.key_no, 7 as strength, still_open.birth::ubigint as value
    from still_open
    left join matching_bearers as bearers
        on bearers.key_no = still_open.key_no
    where still_open.birth is not null and coalesce(bearers.bearers, 0) <= 10

)

select
    dense_rank() over (order by strength, key_no, value) as group_id,
    identity_id,

from agreement
qualify count(*) over (partition by strength, key_no, value) > 1
order by group_id, identity_id
