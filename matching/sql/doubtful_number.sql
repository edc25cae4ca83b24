-- One row per written number that is valid by itself but may be a spoiled one: it ends in 000 or is a
-- multiple of what a DOUBLE can hold, and such a number passes its check by chance one time in eleven.
-- Either the same name has another valid number with the same leading digits and only one source writes
-- this one (in a large city two namesakes born on one day are no rarity), or the number was seen only in
-- columns that are spoiled as a whole.
-- A column counts as cut from 1 % of 000 on (natural: 0.1 %), as rounded from one half on (natural: 1/64).
with

sighting as (

    select
        seen.delivery_id,
        seen.source_table,
        number.id_no,
        number.quality = 'valid' as is_valid,
        coalesce(number.number, number.digits) as digits,
        name.key as name_key,

    from matching_seen as seen
    join identity.identity as person
        on person.identity_id = seen.identity_id
    join matching_name as name
        on name.name is not distinct from person.name
    join matching_number as number
        on number.id_no = person.id_no
    where regexp_full_match(coalesce(number.number, number.digits), '[0-9]{18}')

),

marked as (

    select
        delivery_id,
        source_table,
        id_no,
        is_valid,
        digits,
        name_key,
        digits[16:18] = '000' as is_cut,
        digits::bigint % (case
            when digits::bigint < 144115188075855872 then 16
            when digits::bigint < 288230376151711744 then 32
            when digits::bigint < 576460752303423488 then 64
            else 128
        end) = 0 as is_rounded,

    from sighting

),

spoiled as (

    select
        delivery_id,
        count(*) filter (is_cut and not is_valid) >= 3
            and count(*) filter (is_cut) > 0.01 * count(*) as has_cut,
        count(*) filter (is_rounded and not is_valid) >= 5
            and count(*) filter (is_rounded) > 0.5 * count(*) as has_rounded,

    from marked
    group by delivery_id

),

-- A number of the same bearer that differs only in what the spreadsheet destroyed.
shadowed as (

    select marked.id_no, marked.is_cut
    from (
        select id_no, digits, name_key, is_cut
        from marked
        where is_valid and (is_cut or is_rounded)
        group by id_no, digits, name_key, is_cut
        having count(distinct source_table) = 1
    ) as marked
    join (select distinct number, key from matching_number_name) as other
        on other.key = marked.name_key
        and other.number[1:13] = marked.digits[1:13]
    where other.number <> marked.digits
        and (case
            when marked.is_cut then other.number[1:15] = marked.digits[1:15]
            else try_cast(other.number as double) = marked.digits::double
        end)

),

in_spoiled_columns as (

    select marked.id_no, bool_or(marked.is_cut) as is_cut
    from marked
    join spoiled
        on spoiled.delivery_id = marked.delivery_id
    where marked.is_valid
    group by marked.id_no
    having bool_and((marked.is_cut and spoiled.has_cut) or (marked.is_rounded and spoiled.has_rounded))

)

select
    id_no,
    case when bool_or(is_cut) then 'excel_truncated' else 'rounded_double' end as quality,

from (select * from shadowed union all select * from in_spoiled_columns)
group by id_no
