-- One row per dibao or edge household with a member in half or full care and another member of working age who earns:
-- one such income may be left out. The one with the highest income is reckoned, which is what helps the household most.
-- Roster and income are those of one month (core.reckoned_month). An income that is not in the household's own figure
-- cannot be left out of it: households whose roster says no income at all are not listed.
with

figure as (

    select
        reckoned.family_no,
        reckoned.month,
        standard.value as standard,
        cost.value as work_cost,
    from core.reckoned_month as reckoned
    asof left join policy.dibao_standard as standard
        on standard.valid_from <= reckoned.month
    asof left join policy.necessary_work_cost as cost
        on cost.valid_from <= reckoned.month

),

-- Doubt favours the household: the later retirement age, and nobody is left out for an unknown birth date.
earner as (

    select
        listed.family_no,
        listed.month,
        listed.person_id,
        listed.certain and earned.certain and age.person_id is not null as certain,
        earned.income,
        earned.facts,

    from core.low_income_member as listed
    join core.month_income as earned
        on earned.person_id = listed.person_id and earned.month = listed.month
    left join core.working_age as age
        on age.person_id = listed.person_id
    anti join core.nursing_need as own_need
        on own_need.person_id = listed.person_id
        and own_need.month = listed.month
        and own_need.family_no = listed.family_no
        and not own_need.doubtful
    where age.person_id is null
        or last_day(listed.month) >= age.from_day and listed.month < age.until_higher

),

need as (

    select
        need.family_no,
        need.month,
        need.person_id,
        need.doubtful,
        listed.row_id,
        listed.certain,

    from core.nursing_need as need
    join core.low_income_member as listed
        on listed.family_no = need.family_no
        and listed.month = need.month
        and listed.person_id = need.person_id

),

carer as (

    select
        earner.*,
        need.row_id                            as need_row_id,
        need.certain and not need.doubtful     as need_certain,

    from earner
    join need
        on need.family_no = earner.family_no
        and need.month = earner.month
        and need.person_id <> earner.person_id
    qualify row_number() over (
        partition by earner.family_no, earner.month
        order by earner.income desc nulls last, earner.person_id, need.doubtful, need.certain desc, need.row_id
    ) = 1

),

-- The other members who earn: the necessary cost of their work may be deducted beside, never more than was earned.
-- The carer's income is left out whole, so that no cost is deducted from it a second time.
other_worker as (

    select
        carer.family_no,
        carer.month,
        count(*)                                        as workers,
        sum(least(figure.work_cost, earned.income))     as cost,

    from carer
    join figure
        on figure.family_no = carer.family_no
    join core.low_income_member as listed
        on listed.family_no = carer.family_no
        and listed.month = carer.month
        and listed.person_id <> carer.person_id
    join core.month_income as earned
        on earned.person_id = listed.person_id and earned.month = listed.month
    group by carer.family_no, carer.month

),

first_met as (

    select carer.family_no, min(carer.month) as month
    from carer
    join core.household_stay as stay
        on stay.family_no = carer.family_no and carer.month >= stay.first_month
    group by carer.family_no

),

reckoned as (

    select
        household.*,
        carer.income                                                   as carer_income,
        carer.facts,
        carer.need_row_id,
        carer.certain and carer.need_certain and household.certain     as all_certain,
        case when carer.income >= household.income then 0 else household.income - carer.income end as left_income,
        figure.standard,
        figure.work_cost,
        other_worker.workers,
        other_worker.cost                                              as other_cost,
        first_met.month                                                as first_met_on,

    from core.low_income_household as household
    join figure
        on figure.family_no = household.family_no and figure.month = household.month
    join carer
        on carer.family_no = household.family_no and carer.month = household.month
    left join other_worker
        on other_worker.family_no = household.family_no and other_worker.month = household.month
    left join first_met
        on first_met.family_no = household.family_no
    where household.income is distinct from 0

),

-- What an unknown enters is unknown: greatest() would pass it over.
compared as (

    select
        *,
        (income / size)::decimal(12, 2)                                as per_head,
        (left_income / size)::decimal(12, 2)                           as left_per_head,
        (if(other_cost >= left_income, 0, left_income - other_cost) / size)::decimal(12, 2)
                                                                       as both_per_head,
        case when standard is not null and left_income is not null
            then greatest(standard * size - left_income, 0) - greatest(standard * size - income, 0)
        end::decimal(12, 2)                                            as amount,

    from reckoned

)

select
    'income_left_out'                                                            as condition,
    null::varchar                                                                as person_id,
    family_no,
    coalesce(first_met_on, month)::date                                          as first_met_on,
    amount,
    null::boolean                                                                as national_bar,
    all_certain                                                                  as certain,
    concat(
        if(category = 'dibao', '低保', '低保边缘'), '家庭有半护理或全护理人员，可有一名劳动年龄段人员不计收入。',
        strftime(month, '%Y-%m'), '：家庭月收入 ', coalesce(income || ' 元', '未登记'),
        '，可不计的一名成员收入 ', coalesce(carer_income || ' 元', '未登记'),
        coalesce('；不计后人均 ' || left_per_head || ' 元（原 ' || per_head || ' 元）', '；人均收入算不出'),
        case
            when standard is null then '。参数“最低生活保障标准”未设定，没有与标准比较，金额未知'
            when left_per_head < standard then '，低于标准 ' || standard::decimal(12, 2) || ' 元'
            when left_per_head is not null then '，不低于标准 ' || standard::decimal(12, 2) || ' 元'
        end,
        -- nothing where nobody else earns, or what remains is unknown
        case
            when work_cost is null
                then '。另有 ' || workers || ' 名成员有职业收入，参数“必要的就业成本”未设定，没有再扣除'
            else '。再扣除另外 ' || workers || ' 名成员必要的就业成本 ' || other_cost::decimal(12, 2)
                || ' 元，人均 ' || both_per_head || ' 元' || case
                    when both_per_head < standard then '，低于标准'
                    when standard is not null then '，不低于标准'
                    else ''
                end
        end,
        '。名册收入如已扣除，不再重复扣除。'
    )                                                                            as summary,
    list_concat(
        [struct_pack(row_id := row_id, event_date := month, what := '家庭在救助名册'),
         struct_pack(row_id := need_row_id, event_date := month, what := '有需要护理的成员')],
        facts
    )                                                                            as evidence,

from compared
