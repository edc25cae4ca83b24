-- One row per person and family on the roster this month or the delivered month before. The family gives
-- category and town; the roster's rows give who belongs to it, so that this is a second path to the head counts.
with

member as (

    select distinct
        roster.month,
        roster.person_id,
        roster.family_no,
        household.category,
        household.town,

    from core.roster as roster
    join core.household as household
        on household.family_no = roster.family_no
        and household.month = roster.month

),

was as (

    select member.*
    from member
    join temp.period as period on member.month = period.previous_month

),

now_on as (

    select member.*
    from member
    join temp.period as period on member.month = period.month

)

select
    coalesce(now_on.person_id, was.person_id)  as person_id,
    coalesce(now_on.family_no, was.family_no)  as family_no,
    was.category                               as old_category,
    was.town                                   as old_town,
    now_on.category                            as new_category,
    now_on.town                                as new_town,
    case
        when was.person_id is null then 'new'
        when now_on.person_id is null then 'exit'
        when was.category is distinct from now_on.category then 'moved_category'
        when was.town is distinct from now_on.town then 'moved_town'
        else 'stays'
    end                                        as move,

from was
full join now_on
    on now_on.person_id = was.person_id
    and now_on.family_no = was.family_no
cross join temp.period as period
where period.is_delivered and period.previous_month is not null
