-- One row per working member of a dibao or edge household: the necessary cost of work may be deducted.
-- Roster and income are those of one month (core.income_month). Deducted for each working member, at most what the
-- member earned; from a household whose roster says no income at all nothing can be deducted.
with

figure as (

    select
        (select month from core.income_month) as month,
        (select arg_max(value, valid_from) from policy.dibao_standard
            where valid_from <= (select month from core.income_month)) as standard,
        (select arg_max(value, valid_from) from policy.necessary_work_cost
            where valid_from <= (select month from core.income_month)) as cost,

),

helped_now as (

    select distinct family_no
    from core.helped
    where category in ('dibao', 'dibao_edge')

),

listed as (

    select roster.*
    from core.roster as roster
    semi join helped_now on helped_now.family_no = roster.family_no
    where roster.category in ('dibao', 'dibao_edge')
    qualify row_number() over (
        partition by roster.family_no, roster.month, roster.person_id order by roster.certain desc, roster.row_id
    ) = 1

),

working as (

    select
        listed.family_no,
        listed.month,
        listed.person_id,
        listed.row_id,
        listed.certain and earned.certain as certain,
        earned.income,
        earned.facts,
        -- least() passes an unknown over: no cost is set, no cost is known
        if(figure.cost is null, null, least(figure.cost, earned.income))::decimal(12, 2) as cost,

    from listed
    cross join figure
    join core.month_income as earned
        on earned.person_id = listed.person_id and earned.month = listed.month

),

first_met as (

    select working.family_no, working.person_id, min(working.month) as month
    from working
    join core.household_stay as stay
        on stay.family_no = working.family_no and working.month >= stay.first_month
    group by working.family_no, working.person_id

),

household as (

    select
        listed.family_no,
        first(listed.household_income order by listed.relation is not distinct from 'head' desc, listed.row_id)
            filter (where listed.household_income is not null)                                  as income,
        coalesce(
            first(listed.household_size order by listed.relation is not distinct from 'head' desc, listed.row_id)
                filter (where listed.household_size > 0),
            count(*)
        )                                                                                       as size,
        count(working.person_id)                                                                as workers,
        sum(working.cost)                                                                       as cost,

    from listed
    join figure on figure.month = listed.month
    left join working
        on working.family_no = listed.family_no
        and working.month = listed.month
        and working.person_id = listed.person_id
    group by listed.family_no

),

reckoned as (

    select
        working.*,
        first_met.month                                                                      as first_met_on,
        household.income                                                                     as household_income,
        household.workers,
        household.size,
        case when household.cost >= household.income then 0 else household.income - household.cost end as left_income,
        figure.standard,

    from working
    join figure on figure.month = working.month
    join household on household.family_no = working.family_no
    left join first_met
        on first_met.family_no = working.family_no and first_met.person_id = working.person_id
    where household.income is distinct from 0

),

compared as (

    select
        *,
        (household_income / size)::decimal(12, 2)  as per_head,
        (left_income / size)::decimal(12, 2)       as left_per_head,

    from reckoned

)

select
    'work_cost'                                                                  as condition,
    person_id,
    family_no,
    coalesce(first_met_on, month)::date                                          as first_met_on,
    cost                                                                         as amount,
    null::boolean                                                                as national_bar,
    certain,
    concat(
        strftime(month, '%Y-%m'), ' 有职业收入 ', coalesce(income || ' 元', '（数额未登记）'), '，可酌情扣除必要的就业成本。',
        '家庭月收入 ', coalesce(household_income || ' 元', '未登记'),
        if(workers > 1, '，有职业收入的成员 ' || workers || ' 名', ''),
        case
            when cost is null then '。参数“必要的就业成本”未设定，没有计算扣除后的收入'
            when left_per_head is null then '；扣除后人均收入算不出'
            else '；全部扣除后人均 ' || left_per_head || ' 元（原 ' || per_head || ' 元）' || case
                when standard is null then '。参数“最低生活保障标准”未设定，没有与标准比较'
                when left_per_head < standard then '，低于标准 ' || standard::decimal(12, 2) || ' 元'
                else '，不低于标准 ' || standard::decimal(12, 2) || ' 元'
            end
        end,
        '。'
    )                                                                            as summary,
    list_prepend(struct_pack(row_id := row_id, event_date := month, what := '在救助名册'), facts) as evidence,

from compared
