-- One row per family on the roster this month or the delivered month before, with what it was and what it is.
-- Only where both months are there; otherwise the table is empty and the sheet says so. A family that goes while one
-- of its members stands in a family that is new was given another number (the head died, the household split): that
-- is no exit and no new family.
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

),

renumbered as (

    select distinct
        old_row.family_no as old_family,
        new_row.family_no as new_family,

    from temp.period as period
    join core.roster as old_row on old_row.month = period.previous_month
    join core.roster as new_row
        on new_row.month = period.month
        and new_row.person_id = old_row.person_id
    anti join now_on on now_on.family_no = old_row.family_no
    where new_row.family_no not in (select was.family_no from was)

),

exit_on_record as (

    select distinct exit.family_no
    from core.exit as exit
    join temp.period as period
        on exit.exit_date >= period.previous_month
        and exit.exit_date < period.month
    where exit.family_no is not null

)

select
    coalesce(now_on.family_no, was.family_no)              as family_no,
    coalesce(now_on.head_person_id, was.head_person_id)    as head_person_id,
    was.category                                           as old_category,
    was.town                                               as old_town,
    was.members                                            as old_members,
    was.household_amount                                   as old_amount,
    now_on.category                                        as new_category,
    now_on.town                                            as new_town,
    now_on.members                                         as new_members,
    now_on.household_amount                                as new_amount,
    case
        when was.family_no is null and came.family_no is not null then 'renumbered'
        when was.family_no is null and seen_before.family_no is null then 'new'
        when was.family_no is null then 'back'
        when now_on.family_no is null and gone.family_no is not null then 'renumbered'
        when now_on.family_no is null then 'exit'
        when was.category is distinct from now_on.category then 'moved_category'
        when was.town is distinct from now_on.town then 'moved_town'
        else 'stays'
    end                                                    as move,
    move <> 'stays' and now_on.family_no is not null       as is_in,
    move <> 'stays' and was.family_no is not null          as is_out,
    exit_on_record.family_no is not null                   as has_exit_record,

from was
full join now_on on now_on.family_no = was.family_no
left join seen_before on seen_before.family_no = now_on.family_no
left join (select distinct renumbered.new_family as family_no from renumbered) as came
    on came.family_no = now_on.family_no
left join (select distinct renumbered.old_family as family_no from renumbered) as gone
    on gone.family_no = was.family_no
left join exit_on_record on exit_on_record.family_no = coalesce(now_on.family_no, was.family_no)
cross join temp.period as period
where period.is_delivered and period.previous_month is not null
