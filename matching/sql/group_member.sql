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

    select identity_id, key, 1 as strength, coalesce(pattern, digits) as value
    from still_open
    where number is null and len(digits) >= 10 and quality <> 'other_document'

    union all

    select identity_id, key, 2 as strength, digits as value
    from still_open
    where quality = 'other_document'

    union all

    select identity_id, key, 3 as strength, coalesce(number, array_to_string(choices, '/')) as value
    from still_open
    where number is not null or len(choices) > 0

    union all

    select
        still_open.identity_id,
        still_open.key,
        case context.kind when 'family' then 4 when 'phone' then 5 else 6 end as strength,
        context.value,

    from still_open
    join matching_context as context
        on context.identity_id = still_open.identity_id

    union all

    select still_open.identity_id, still_open.key, 7 as strength, still_open.birth_date::varchar as value
    from still_open
    left join matching_rarity as rarity
        on rarity.key = still_open.key
    where still_open.birth_date is not null and coalesce(rarity.bearers, 0) <= 10

)

select
    dense_rank() over (order by strength, key, value) as group_id,
    identity_id,

from agreement
qualify count(*) over (partition by strength, key, value) > 1
order by group_id, identity_id
