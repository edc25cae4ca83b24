-- One row per family that is on dibao or edge now and month: the household's own income and size, by which incomes are
-- recomputed (the rules on income that may be left out). What members' lines disagree on is taken from the head's, else
-- from the first that says it; without a size, the members listed are counted.
select
    family_no,
    month,
    first(category order by relation is not distinct from 'head' desc, row_id)     as category,
    first(household_income order by relation is not distinct from 'head' desc, row_id)
        filter (where household_income is not null)                                 as income,
    coalesce(
        first(household_size order by relation is not distinct from 'head' desc, row_id)
            filter (where household_size > 0),
        count(*)
    )                                                                               as size,
    first(row_id order by relation is not distinct from 'head' desc, row_id)        as row_id,
    first(certain order by relation is not distinct from 'head' desc, row_id)       as certain,

from core.low_income_member
group by family_no, month
