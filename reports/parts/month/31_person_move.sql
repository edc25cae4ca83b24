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

),

seen_before as (

    select distinct roster.person_id
    from core.roster as roster
    join temp.period as period on roster.month < period.previous_month

),

exit_on_record as (

    select distinct exit.person_id
    from core.exit as exit
    cross join temp.period as period
    where exit.exit_date >= period.previous_month
        and exit.exit_date < period.month + interval 1 month

)

select
    coalesce(now_on.person_id, was.person_id)            as person_id,
    coalesce(now_on.family_no, was.family_no)            as family_no,
    was.category                                         as old_category,
    was.town                                             as old_town,
    now_on.category                                      as new_category,
    now_on.town                                          as new_town,
    case
        when was.person_id is null and elsewhere_was.person_id is not null then 'other_family'
        when was.person_id is null and seen_before.person_id is not null then 'back'
        when was.person_id is null then 'new'
        when now_on.person_id is null and elsewhere_now.person_id is not null then 'other_family'
        when now_on.person_id is null then 'exit'
        when was.category is distinct from now_on.category then 'moved_category'
        when was.town is distinct from now_on.town then 'moved_town'
        else 'stays'
    end                                                  as move,
    move <> 'stays' and now_on.person_id is not null     as is_in,
    move <> 'stays' and was.person_id is not null        as is_out,
    exit_on_record.person_id is not null                 as has_exit_record,

from was
full join now_on
    on now_on.person_id = was.person_id
    and now_on.family_no = was.family_no
left join (select distinct was.person_id from was) as elsewhere_was on elsewhere_was.person_id = now_on.person_id
left join (select distinct now_on.person_id from now_on) as elsewhere_now on elsewhere_now.person_id = was.person_id
left join seen_before on seen_before.person_id = coalesce(now_on.person_id, was.person_id)
left join exit_on_record on exit_on_record.person_id = coalesce(now_on.person_id, was.person_id)
cross join temp.period as period
where period.is_delivered and period.previous_month is not null
