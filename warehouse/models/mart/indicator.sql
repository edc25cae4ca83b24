-- One row per month, town, community and measure: the numbers behind the yearly assessment (四.1).
-- Counts add up over places; shares (…_share) do not. A measure whose source was never delivered has no row.
-- Findings are counted where the person or family was last listed.
with

place as (

    select person_id, family_no, town, community
    from core.roster
    qualify row_number() over (partition by person_id order by month desc, row_id desc) = 1

),

family_place as (

    select family_no, town, community
    from core.household
    qualify row_number() over (partition by family_no order by month desc) = 1

),

placed_finding as (

    select
        finding.*,
        coalesce(place.town, family_place.town)           as town,
        coalesce(place.community, family_place.community) as community,

    from findings.finding as finding
    left join place on place.person_id = finding.person_id
    left join family_place on family_place.family_no = finding.family_no

),

change as (

    select
        known.rule,
        known.condition,
        place.town,
        place.community,
        date_trunc('month', history.changed_at)::date       as month,
        history.state in ('属实', '不属实', '已过期')         as is_closing,
        history.changed_at,
        max(history.changed_at) filter (where history.state = '待核实') over (
            partition by history.finding_id order by history.changed_at
        )                                                   as opened_at,

    from findings.history as history
    join findings.known as known on known.finding_id = history.finding_id
    left join place on place.person_id = known.person_id

    where history.state in ('待核实', '属实', '不属实', '已过期')

),

measured as (

    select month, town, community, 'households' as measure, count(*) as value
    from core.household
    group by all

    union all

    select month, town, community, 'persons' as measure, count(distinct person_id) as value
    from core.roster
    group by all

    union all

    select month, town, community, 'household_amount' as measure, sum(household_amount) as value
    from core.household
    group by all

    union all

    select due.month, due.town, roster.community, 'dibao_paid_share' as measure, avg(due.covered::integer) as value
    from core.dibao_due as due
    join core.roster as roster on roster.row_id = due.row_id
    where due.month in (select month from core.payment where benefit = 'dibao')
    group by all

    union all

    select
        helped.month,
        helped.town,
        helped.community,
        'family_doctor_share' as measure,
        avg((contract.person_id is not null)::integer) as value,
    from core.helped as helped
    left join (
        select distinct person_id
        from linked.family_doctor_contracts
        where signed_on <= (select as_of from run.context)
            and coalesce(valid_until >= (select as_of from run.context), true)
    ) as contract on contract.person_id = helped.person_id
    where exists (select 1 from linked.family_doctor_contracts)
    group by all

    union all

    select
        helped.month,
        helped.town,
        helped.community,
        'dangerous_house_treated_share' as measure,
        avg((house.treatment <> 'none')::integer) as value,
    from linked.dangerous_houses as house
    join core.helped as helped on helped.person_id = house.person_id
    where house.treatment is not null
    group by all

    union all

    select
        date_trunc('month', as_of)::date as month,
        town,
        community,
        'open_' || rule || '_' || condition as measure,
        count(*) as value,
    from placed_finding
    where state not in ('属实', '不属实', '已过期')
    group by all

    union all

    select
        month,
        town,
        community,
        if(is_closing, 'closed_', 'opened_') || rule || '_' || condition as measure,
        count(*) as value,
    from change
    group by all

    union all

    -- from the last time it was opened to the day it was closed
    select
        month,
        town,
        community,
        'days_to_close_' || rule || '_' || condition as measure,
        median(date_diff('day', opened_at, changed_at)) as value,
    from change
    where is_closing
    group by all

)

select
    month,
    town,
    community,
    measure,
    value::decimal(14, 4) as value,

from measured

where value is not null
