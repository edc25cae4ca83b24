-- One row per number that is valid by itself but may be a spoiled one: it ends in 000 or is a multiple of
-- what a DOUBLE can hold, and such a number passes its check by chance one time in eleven.
-- Either the same name has another valid number with the same leading digits and only one source writes
-- this one (in a large city two namesakes born on one day are no rarity), or the number was seen only in
-- columns that are spoiled as a whole.
-- A column counts as cut from 1 % of 000 on (natural: 0.1 %), as rounded from one half on (natural: 1/64).
with

marked as (

    select
        identity_id,
        own_no,
        key_no,
        digits,
        quality = 'valid' as is_valid,
        digits % 1000 = 0 as is_cut,
        digits % (case
            when digits < 144115188075855872 then 16
            when digits < 288230376151711744 then 32
            when digits < 576460752303423488 then 64
            else 128
        end) = 0 as is_rounded,

    from matching_reading
    where digits is not null

),

sighting as (

    select
        mapped.row_id // 1000000000 as delivery_id,
        marked.own_no,
        marked.is_valid,
        marked.is_cut,
        marked.is_rounded,

    from identity.row_identity as mapped
    join marked
        on marked.identity_id = mapped.identity_id

),

spoiled as (

    select
        delivery_id,
        count(*) filter (is_cut and not is_valid) >= 3
            and count(*) filter (is_cut) > 0.01 * count(*) as has_cut,
        count(*) filter (is_rounded and not is_valid) >= 5
            and count(*) filter (is_rounded) > 0.5 * count(*) as has_rounded,

    from sighting
    group by delivery_id

),

suspect as (

    select marked.own_no, marked.digits, marked.key_no, marked.is_cut
    from marked
    join matching_office as office
        on office.identity_id = marked.identity_id
    where marked.is_valid and (marked.is_cut or marked.is_rounded)
    group by marked.own_no, marked.digits, marked.key_no, marked.is_cut
    having bit_count(bit_or(office.tables)) = 1

),

-- A number of the same bearer that differs only in what the spreadsheet destroyed.
shadowed as (

    select suspect.own_no, suspect.is_cut
    from suspect
    join matching_reading as other
        on other.key_no = suspect.key_no
        and other.own_no // 10000 = suspect.own_no // 10000
    where other.quality = 'valid'
        and other.own_no <> suspect.own_no
        and (case
            when suspect.is_cut then other.own_no // 100 = suspect.own_no // 100
            else other.digits::double = suspect.digits::double
        end)

),

in_spoiled_columns as (

    select sighting.own_no, bool_or(sighting.is_cut) as is_cut
    from sighting
    join spoiled
        on spoiled.delivery_id = sighting.delivery_id
    where sighting.is_valid and (sighting.is_cut or sighting.is_rounded)
    group by sighting.own_no
    having bool_and((sighting.is_cut and spoiled.has_cut) or (sighting.is_rounded and spoiled.has_rounded))

)

select
    own_no as number_no,
    case when bool_or(is_cut) then 'excel_truncated' else 'rounded_double' end as quality,

from (select * from shadowed union all select * from in_spoiled_columns)
group by own_no
