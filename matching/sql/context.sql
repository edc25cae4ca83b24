-- One row per identity and thing that ties it to a household: phone, address, family number.
-- Folding is coarse on purpose (width, blanks, province and city, words for house and room), and what
-- says nothing (a village without a house number, a row of equal digits) is left out.
-- `crowd` is how many different valid numbers are written beside the value: a clerk's phone, a welfare home
-- or a hamlet ties hundreds to one value, and then says little. `is_home`: no more than a household holds.
with

half_width as (

    select
        identity_id,
        translate(concat_ws('/', phone, phone_in_number), '０１２３４５６７８９－', '0123456789-') as phone,
        translate(address, '０１２３４５６７８９－（）', '0123456789-()') as address,
        upper(regexp_replace(translate(family_no, '０１２３４５６７８９', '0123456789'), '[\s''"=]', '', 'g')) as family_no,

    from matching_claim

),

phone as (

    select
        identity_id,
        'phone' as kind,
        regexp_replace(unnest(regexp_extract_all(
            regexp_replace(phone, '[\s()-]', '', 'g'), '(?:0086|86)?(1[3-9]\d{9}|0?\d{7,11})'
        )), '^(0086|86)(1[3-9]\d{9})$', '\2') as value,

    from half_width
    where phone <> ''

),

address as (

    select
        identity_id,
        'address' as kind,
        regexp_replace(
            regexp_replace(
                regexp_replace(address, '[\s,.，。、()（）#]', '', 'g'), '^([^\d]{2,3}省)?([^\d省]{2,4}?市)?([^\d省市]{2,3}?市)?', ''
            ),
            '号楼|幢|栋|座|单元|室|号|弄|—|－', '-', 'g'
        ) as value,

    from half_width
    where address is not null

),

tied as (

    select identity_id, kind, value
    from phone
    where len(value) >= 7 and value <> repeat(value[1], len(value)) and not regexp_matches(value, '0{7}|^1?3?8{8,}$|^12345678')

    union

    select identity_id, kind, rtrim(value, '-') as value
    from address
    where len(value) >= 6 and regexp_matches(value, '\d')

    union

    select identity_id, 'family' as kind, family_no as value
    from half_width
    where len(family_no) >= 3 and regexp_matches(family_no, '\d') and family_no <> repeat(family_no[1], len(family_no))

),

counted as (

    select tied.kind, tied.value, count(distinct claim.number) as crowd
    from tied
    join matching_claim as claim
        on claim.identity_id = tied.identity_id
    group by tied.kind, tied.value

)

select tied.identity_id, tied.kind, tied.value, counted.crowd, counted.crowd <= 8 as is_home
from tied
join counted
    on counted.kind = tied.kind
    and counted.value = tied.value
