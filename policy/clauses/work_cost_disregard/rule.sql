-- One row per working member of a dibao or edge household: the necessary cost of work may be deducted.
-- Roster and income are those of one month (core.reckoned_month). Deducted for each working member, at most what the
-- member earned; from a household whose roster says no income at all nothing can be deducted.
with

figure as (

    select
        reckoned.family_no,
        reckoned.month,
        standard.value as standard,
        cost.value as cost,
    from core.reckoned_month as reckoned
    asof left join policy.dibao_standard as standard
        on standard.valid_from <= reckoned.month
    asof left join policy.necessary_work_cost as cost
        on cost.valid_from <= reckoned.month

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

    from core.low_income_member as listed
    join figure
        on figure.family_no = listed.family_no
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

deducted as (

    select
        working.family_no,
        count(*)           as workers,
        sum(working.cost)  as cost,
    from working
    join figure on figure.family_no = working.family_no and figure.month = working.month
    group by working.family_no

),

reckoned as (

    select
        working.*,
        first_met.month                                                                      as first_met_on,
        household.income                                                                     as household_income,
        household.size,
        deducted.workers,
        case when deducted.cost >= household.income then 0 else household.income - deducted.cost end as left_income,
        figure.standard,

    from working
    join figure on figure.family_no = working.family_no and figure.month = working.month
    join deducted on deducted.family_no = working.family_no
    join core.low_income_household as household
        on household.family_no = working.family_no and household.month = working.month
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
