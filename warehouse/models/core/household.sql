-- One row per helped family and delivered month.
-- What members disagree on (category, place, amount) is taken from the head's row, else from the first row that says it.
select
    family_no,
    month,
    first(category order by relation is not distinct from 'head' desc, row_id)         as category,
    first(cause order by relation is not distinct from 'head' desc, row_id)
        filter (where cause is not null)                                                as cause,
    first(person_id order by row_id) filter (where relation = 'head')                   as head_person_id,
    count(distinct person_id)                                                           as members,
    first(town order by relation is not distinct from 'head' desc, row_id)
        filter (where town is not null)                                                 as town,
    first(community order by relation is not distinct from 'head' desc, row_id)
        filter (where community is not null)                                            as community,
    first(household_amount order by relation is not distinct from 'head' desc, row_id)
        filter (where household_amount is not null)                                     as household_amount,
    first(row_id order by relation is not distinct from 'head' desc, row_id)            as row_id,

from core.roster

group by family_no, month
