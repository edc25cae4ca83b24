-- One row per month, town, community and measure: the value, how many people (families, where the measure counts these)
-- it is about, and of a share or a received count how many of them received it (with) and how many did not (without).
with

family_size as (

    select
        household.month,
        household.town,
        household.community,
        household.household_amount,
        count(distinct roster.person_id) as people,

    from core.household as household
    join core.roster as roster
        on roster.family_no = household.family_no and roster.month = household.month
    group by household.row_id, household.month, household.town, household.community, household.household_amount

),

coverage as (

    select
        month,
        town,
        community,
        measure,
        count(*)                            as due,
        count(*) filter (is_received)       as received,

    from area.owed
    group by month, town, community, measure

),

counted as (

    select month, town, community, 'households' as measure, count(*) as value, sum(people) as people
    from family_size
    group by month, town, community

    union all

    select month, town, community, 'household_amount', sum(household_amount), sum(people)
    from family_size
    group by month, town, community

    union all

    select month, town, community, 'persons', count(distinct person_id), count(distinct person_id)
    from core.roster
    group by month, town, community

    union all

    select month, town, community, measure || '_due', due, due
    from coverage

    union all

    select date_trunc('month', finding.as_of)::date, flag.town, flag.community, 'open_' || flag.flag, count(*),
        count(distinct flag.subject)
    from findings.finding as finding
    join area.flag as flag on flag.finding_id = finding.finding_id
    where finding.state not in ('属实', '不属实', '已过期')
    group by all

    union all

    select month, town, community, if(is_closed, 'closed_', 'opened_') || flag, count(*), count(distinct subject)
    from area.flag_move
    group by all

    union all

    select month, town, community, 'days_to_close_' || flag, median(days_open), count(distinct subject)
    from area.flag_move
    where is_closed
    group by all

)

select
    month,
    town,
    community,
    measure,
    value::decimal(14, 4)               as value,
    people::bigint                      as people,
    people::bigint                      as people_with,
    0::bigint                           as people_without,

from counted
where value is not null

union all

select
    month,
    town,
    community,
    measure || '_received'              as measure,
    received::decimal(14, 4)            as value,
    due                                 as people,
    received                            as people_with,
    due - received                      as people_without,

from coverage

union all

select
    month,
    town,
    community,
    measure || '_share'                 as measure,
    (received / due)::decimal(14, 4)    as value,
    due                                 as people,
    received                            as people_with,
    due - received                      as people_without,

from coverage
