-- One row per open name and agreeing name of a person with a number, with the way they agree.
-- Equality joins do nearly all; LIKE only meets the few names cut short or with an unprintable character.
with

open_name as (select distinct key, pinyin from matching_open),

person_name as (select distinct key, pinyin from matching_cluster_name),

compared as (

    select open_name.key, person_name.key as person_key, 'equal' as agreement, 1 as rank
    from open_name
    join person_name
        on person_name.key = open_name.key

    union all

    select open_name.key, person_name.key as person_key, 'wildcard' as agreement, 2 as rank
    from open_name
    join person_name
        on len(person_name.key) = len(open_name.key)
        and person_name.key like replace(open_name.key, '*', '_')
    where contains(open_name.key, '*') and not regexp_matches(open_name.key, '[%_]') and len(open_name.key) >= 2

    union all

    select open_name.key, person_name.key as person_key, 'prefix' as agreement, 3 as rank
    from (select key from open_name where len(key) >= 4) as open_name
    join (select key from person_name where len(key) >= 4) as person_name
        on person_name.key[1:4] = open_name.key[1:4]
        and (starts_with(person_name.key, open_name.key) or starts_with(open_name.key, person_name.key))
    where not contains(open_name.key, '之') and not contains(person_name.key, '之')

    union all

    select open_name.key, person_name.key as person_key, 'homophone' as agreement, 4 as rank
    from open_name
    join person_name
        on person_name.pinyin = open_name.pinyin

)

select key, person_key, arg_min(agreement, rank) as agreement
from compared
group by key, person_key
