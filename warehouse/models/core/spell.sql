-- One row per stay: person, category, unbroken delivered months on the roster, until an exit or the first
-- delivered month missing. A month whose roster was never delivered breaks nothing.
-- The letter of the policy is kept: an exit ends the stay even where the person is listed again in the very
-- next month (a corrected exit), so that refusals before it no longer count; whether that was a fall-back is
-- asked by the relapse rule, month by month, not here.
with

delivered as (

    select month, row_number() over (order by month) as position
    from core.roster_month

),

listed as (

    select
        roster.person_id,
        roster.category,
        roster.month,
        delivered.position,
        bool_or(roster.certain) as certain,
        max(roster.start_date) filter (roster.start_date <= last_day(roster.month)) as stated_start,
        arg_min(roster.row_id, (not roster.certain, roster.row_id)) as row_id,
        arg_min(roster.family_no, (not roster.certain, roster.row_id)) as family_no,
    from core.roster as roster
    join delivered
        on delivered.month = roster.month
    group by roster.person_id, roster.category, roster.month, delivered.position

),

-- The first month that no longer belongs to the stay an exit ended: the next one, or the exit's own month
-- where its line already states a new beginning.
ending as (

    select
        exits.person_id,
        exits.category,
        exits.exit_date,
        case
            when listed.stated_start > exits.exit_date then date_trunc('month', exits.exit_date)
            else date_trunc('month', exits.exit_date) + interval 1 month
        end::date as next_from,
    from core.exit as exits
    left join listed
        on listed.person_id = exits.person_id
        and listed.category = exits.category
        and listed.month = date_trunc('month', exits.exit_date)

),

step as (

    select
        listed.*,
        lag(listed.position) over stay as previous_position,
        lag(listed.month) over stay as previous_month,
    from listed
    window stay as (partition by listed.person_id, listed.category order by listed.month)

),

exit_between as (

    select distinct step.person_id, step.category, step.month
    from step
    join ending
        on ending.person_id = step.person_id
        and ending.category = step.category
        and ending.next_from > step.previous_month
        and ending.next_from <= step.month

),

numbered as (

    select
        step.*,
        count(*) filter (
            step.previous_position is null
            or step.position > step.previous_position + 1
            or exit_between.month is not null
        ) over (partition by step.person_id, step.category order by step.month) as stay_number,
    from step
    left join exit_between
        on exit_between.person_id = step.person_id
        and exit_between.category = step.category
        and exit_between.month = step.month

),

stay as (

    select
        person_id,
        category,
        stay_number,
        min(month) as first_month,
        max(month) as last_month,
        max(position) as last_position,
        max(stated_start) as stated_start,
        bool_and(certain) as certain,
        arg_min(row_id, month) as first_row_id,
        arg_max(row_id, month) as last_row_id,
        arg_max(family_no, month) as family_no,
    from numbered
    group by person_id, category, stay_number

),

bounded as (

    select
        stay.*,
        lag(stay.last_month) over person_stay as previous_last_month,
        (
            select max(other.month) from listed as other
            where other.person_id = stay.person_id
                and other.category <> stay.category
                and other.month < stay.first_month
        ) as otherwise_listed,
        lead(stay.first_month) over person_stay as next_first_month,
    from stay
    window person_stay as (partition by stay.person_id, stay.category order by stay.stay_number)

),

-- The exit that ended it: dated by the end of the first month without the person, or it did not end this stay.
left_by_exit as (

    select
        bounded.person_id,
        bounded.category,
        bounded.stay_number,
        min(ending.exit_date) as exit_date,
    from bounded
    left join delivered as missing
        on missing.position = bounded.last_position + 1
    join ending
        on ending.person_id = bounded.person_id
        and ending.category = bounded.category
        and ending.next_from > bounded.last_month
        and ending.next_from <= coalesce(bounded.next_first_month, date '9999-01-01')
        and ending.exit_date <= coalesce(last_day(missing.month), date '9999-01-01')
    group by bounded.person_id, bounded.category, bounded.stay_number

)

select
    bounded.person_id,
    bounded.category,
    bounded.family_no,
    -- A stated beginning that lies in an earlier stay was carried over: the stay began when it was listed again. So was
    -- one that lies before a month listed in another category: it is the beginning of all help, not of this stay.
    case
        when bounded.stated_start < bounded.otherwise_listed then bounded.first_month
        when bounded.stated_start > last_day(bounded.previous_last_month) then bounded.stated_start
        when bounded.previous_last_month is null and bounded.stated_start is not null then bounded.stated_start
        else bounded.first_month
    end as starts_on,
    bounded.first_month,
    bounded.last_month,
    left_by_exit.exit_date is null and missing.month is null as is_open,
    coalesce(left_by_exit.exit_date, missing.month) as ended_on,
    case
        when left_by_exit.exit_date is not null then 'exit'
        when missing.month is not null then 'missing'
    end as end_kind,
    bounded.certain,
    bounded.first_row_id,
    bounded.last_row_id,

from bounded
left join left_by_exit
    on left_by_exit.person_id = bounded.person_id
    and left_by_exit.category = bounded.category
    and left_by_exit.stay_number = bounded.stay_number
left join delivered as missing
    on missing.position = bounded.last_position + 1
