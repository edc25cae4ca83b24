-- One row per family on the roster this month or the delivered month before, with what it was and what it is.
-- Only where both months are there; otherwise the table is empty and the sheet says so.
with

was as (

    select household.*
    from core.household as household
    join temp.period as period on household.month = period.previous_month

),

now_on as (

    select household.*
    from core.household as household
    join temp.period as period on household.month = period.month

),

seen_before as (

    select distinct household.family_no
    from core.household as household
    join temp.period as period on household.month < period.previous_month

)

select
    coalesce(now_on.family_no, was.family_no)   as family_no,
    was.category                                as old_category,
    was.town                                    as old_town,
    was.household_amount                        as old_amount,
    now_on.category                             as new_category,
    now_on.town                                 as new_town,
    now_on.household_amount                     as new_amount,
    case
        when was.family_no is null and seen_before.family_no is null then 'new'
        when was.family_no is null then 'back'
        when now_on.family_no is null then 'exit'
        when was.category is distinct from now_on.category then 'moved_category'
        when was.town is distinct from now_on.town then 'moved_town'
        else 'stays'
    end                                         as move,

from was
full join now_on on now_on.family_no = was.family_no
left join seen_before on seen_before.family_no = now_on.family_no
cross join temp.period as period
where period.is_delivered and period.previous_month is not null
