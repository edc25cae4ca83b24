-- One row per distinct phone, address and family number as written, with the values in it, folded coarsely on
-- purpose (width, blanks, province and city, words for house and room). What says nothing (a village without a
-- house number, a row of equal digits) is left out. `value` is a hash.
with

written as (

    select distinct 'phone' as kind, phone as text
    from identity.identity
    where phone is not null

    union all

    select distinct 'phone' as kind, phone as text
    from matching_odd_number
    where phone is not null

    union all

    select distinct 'address' as kind, address as text
    from identity.identity
    where address is not null

    union all

    select distinct 'family' as kind, family_no as text
    from identity.identity
    where family_no is not null

),

half_width as (

    select kind, text, translate(text, '０１２３４５６７８９－（）', '0123456789-()') as plain
    from written

),

phone as (

    select
        kind,
        text,
        unnest(case
            when regexp_full_match(plain, '1[3-9][0-9]{9}') then [plain]
            else regexp_extract_all(regexp_replace(plain, '[\s()-]', '', 'g'), '(?:0086|86)?(1[3-9]\d{9}|0?\d{7,11})')
        end) as found,

    from half_width
    where kind = 'phone'

),

own_number as (

    select kind, text, regexp_replace(found, '^(0086|86)(1[3-9]\d{9})$', '\2') as value
    from phone

),

address as (

    select
        kind,
        text,
        rtrim(regexp_replace(
            regexp_replace(
                regexp_replace(plain, '[\s,.，。、()（）#]', '', 'g'), '^([^\d]{2,3}省)?([^\d省]{2,4}?市)?([^\d省市]{2,3}?市)?', ''
            ),
            '号楼|幢|栋|座|单元|室|号|弄|—|－', '-', 'g'
        ), '-') as value,

    from half_width
    where kind = 'address'

),

family as (

    select kind, text, upper(regexp_replace(plain, '[\s''"=]', '', 'g')) as value
    from half_width
    where kind = 'family'

),

folded as (

    select kind, text, value
    from own_number
    where len(value) >= 7 and value <> repeat(value[1], len(value)) and not regexp_matches(value, '0{7}|^1?3?8{8,}$|^12345678')

    union all

    select kind, text, value
    from address
    where len(value) >= 6 and regexp_matches(value, '\d')

    union all

    select kind, text, value
    from family
    where len(value) >= 3 and regexp_matches(value, '\d') and value <> repeat(value[1], len(value))

)

select distinct kind, text, hash(value) as value
from folded
