-- One row per open name and name of a person that may be its whole: one was cut short, or shows a character that a
-- system could not print. LIKE meets only the few such names.
with

open_name as (select distinct key_no, key from matching_open),

person_name as (

    select distinct cluster_name.key_no, form.key
    from matching_cluster_name as cluster_name
    join matching_form as form
        on form.name_no = cluster_name.name_no

),

compared as (

    select open_name.key_no, person_name.key_no as person_key_no
    from (select * from open_name where contains(key, '*') and not regexp_matches(key, '[%_]') and len(key) >= 2) as open_name
    join person_name
        on len(person_name.key) = len(open_name.key)
        and person_name.key like replace(open_name.key, '*', '_')

    union all

    select open_name.key_no, person_name.key_no as person_key_no
    from (select key_no, key from open_name where len(key) >= 4) as open_name
    join (select key_no, key from person_name where len(key) >= 4) as person_name
        on person_name.key[1:4] = open_name.key[1:4]
        and (starts_with(person_name.key, open_name.key) or starts_with(open_name.key, person_name.key))

)

select distinct key_no, person_key_no
from compared
where key_no <> person_key_no
