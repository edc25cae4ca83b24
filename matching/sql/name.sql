-- One row per distinct written name: its folded forms, and numbers (hashes) that stand for them in joins.
-- A folded name of NULL says nothing.
with

plain as (

    select
        plain_name.name,
        plain_name.name as folded,
        one.simplified || two.simplified || coalesce(three.simplified, '') || coalesce(four.simplified, '') as key,
        one.sound || two.sound || coalesce(three.sound, '') || coalesce(four.sound, '') as pinyin,
        plain_name.name as display,

    from matching_plain_name as plain_name
    join matching_character as one
        on one.character = substring(plain_name.name, 1, 1)
    join matching_character as two
        on two.character = substring(plain_name.name, 2, 1)
    left join matching_character as three
        on three.character = substring(plain_name.name, 3, 1)
    left join matching_character as four
        on four.character = substring(plain_name.name, 4, 1)
    where plain_name.is_plain

),

every as (

    select * from plain

    union all

    select name, folded, key, pinyin, display
    from matching_odd_name

)

select
    name,
    hash(name) as written_no,
    folded,
    key,
    pinyin,
    display,
    case when key <> '' then hash(folded) end as name_no,
    case when key <> '' then hash(key) end as key_no,
    case when key <> '' then hash(pinyin) end as sound_no,

from every
