-- One row per level of a damaged, masked or double number and office: where it stands to the number of the one person
-- whose name, birth date and home are the record's. Such a person is known without looking at the number.
with

label as (

    select
        pair.identity_id,
        pair.number,
        pair.departments - (pair.departments & (pair.departments - 1)) as office,

    from matching_pair as pair
    semi join (select * from matching_shared where is_home and label <> 'owner') as shared
        on shared.identity_id = pair.identity_id
        and shared.cluster = pair.cluster
    where pair.name in ('exact', 'variant') and pair.birth = 'equal' and pair.number not in ('unknown', 'disputed')
    qualify count(*) over (partition by pair.identity_id) = 1

)

select 'number' as field, number as level, office::bigint as office, count(*)::double as count
from label
group by number, office
