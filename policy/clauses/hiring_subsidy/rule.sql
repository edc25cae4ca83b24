-- Helped people newly hired this calendar year on a contract of a year or more and insured: the employer's insurance
-- subsidy (new_hire_insurance; what was paid in no export says), and where the wage is at least the multiple of the
-- minimum wage, the monthly post subsidy (new_hire_post). Helped: on the roster when hired, or now.
with

figure as (

    select
        context.as_of,
        date_trunc('year', context.as_of)::date as year_begins,
        (select arg_max(value, valid_from) from policy.subsidy_contract_months where valid_from <= as_of) as contract_months,
        (select arg_max(value, valid_from) from policy.subsidy_wage_multiple where valid_from <= as_of) as multiple,
        (select arg_max(value, valid_from) from policy.hiring_subsidy_share where valid_from <= as_of) as share,
    from run.context as context

),

named as (

    select
        bounded.*,
        employment.monthly_wage as wage,
        upper(regexp_replace(employment.employer, '[^\p{L}\p{N}]', '', 'g')) as employer_key,
        least(bounded.ends_on, figure.as_of) as day,
    from core.employment as bounded
    join linked.employment as employment
        on employment.row_id = bounded.row_id
    cross join figure

),

hired as (

    select
        named.*,
        (named.starts_on + to_months(figure.contract_months) - interval 1 day)::date as full_on,
    from named
    cross join figure
    where named.starts_on >= figure.year_begins
        and coalesce(named.post_type, 'employee') = 'employee'
        and coalesce(named.ends_on >= full_on, true)
        and not exists (
            select 1 from named as earlier
            where earlier.person_id = named.person_id
                and earlier.employer_key = named.employer_key
                and earlier.starts_on < named.starts_on
                and coalesce(earlier.ends_on >= named.starts_on - interval 1 month, true)
        )

),

insured as (

    select
        hired.row_id,
        bool_and(contribution.certain) as certain,
        list(struct_pack(row_id := contribution.row_id, event_date := contribution.month, what := '职工社会保险缴费')
            order by contribution.month, contribution.row_id) as facts,
    from hired
    join core.contribution as contribution
        on contribution.person_id = hired.person_id
        and contribution.month >= date_trunc('month', hired.starts_on)
    where contribution.insured_as = 'employee'
        and contribution.paid is distinct from 'unpaid'
        and coalesce(contribution.month <= hired.ends_on, true)
    group by hired.row_id

),

-- Several lines on one hiring are one: the best paid.
placed as (

    select
        hired.*,
        insured.certain as insured_certain,
        insured.facts,
        minimum.value as minimum_wage,
        coalesce(then_helped.family_no, helped.family_no) as family_no,
        coalesce(then_helped.row_id, helped.row_id) as roster_row_id,
        coalesce(then_helped.roster_month, helped.month) as roster_month,
        coalesce(then_helped.certain, helped.certain) as roster_certain,
        then_helped.person_id is not null as was_helped,
    from hired
    join insured
        on insured.row_id = hired.row_id
    asof left join policy.minimum_wage as minimum
        on minimum.valid_from <= hired.day
    left join core.aided_month as then_helped
        on then_helped.person_id = hired.person_id and then_helped.month = date_trunc('month', hired.starts_on)
    left join (
        select * from core.helped
        qualify row_number() over (partition by person_id order by certain desc, family_no, row_id) = 1
    ) as helped
        on helped.person_id = hired.person_id
    where then_helped.person_id is not null or helped.person_id is not null
    qualify row_number() over (
        partition by hired.person_id, hired.starts_on
        order by hired.wage desc nulls last, hired.certain desc, hired.row_id
    ) = 1

),

subsidy as (

    select
        'new_hire_insurance' as condition,
        placed.*,
        null::decimal(12, 2) as amount,
        concat(
            '按用人单位实际缴纳的社会保险费全额补贴（金额由人社核定）。',
            case
                when placed.minimum_wage is null then concat(
                    coalesce('月工资 ' || placed.wage || ' 元。', '月工资没有登记。'),
                    '参数“最低工资标准”未设定，没有核对岗位补贴。'
                )
                when placed.wage is null then '月工资没有登记，没有核对岗位补贴。'
            end
        ) as said,
    from placed

    union all

    select
        'new_hire_post',
        placed.*,
        (figure.share * placed.minimum_wage)::decimal(12, 2),
        concat(
            '月工资 ', placed.wage, ' 元，不低于 ', (figure.multiple * placed.minimum_wage)::decimal(12, 2),
            ' 元；岗位补贴每月 ', (figure.share * placed.minimum_wage)::decimal(12, 2), ' 元。'
        ),
    from placed
    cross join figure
    where placed.wage >= figure.multiple * placed.minimum_wage

)

select
    subsidy.condition,
    subsidy.person_id,
    subsidy.family_no,
    subsidy.starts_on                                                       as first_met_on,
    subsidy.amount,
    null::boolean                                                           as national_bar,
    subsidy.certain and subsidy.roster_certain and subsidy.insured_certain  as certain,
    concat(
        '本年度 ', subsidy.starts_on, ' 新招用，合同',
        case when subsidy.ends_on is null then '没有登记终止日期' else concat('至 ', subsidy.ends_on) end,
        if(subsidy.full_on <= figure.as_of, '，已满', '，将满'), ' ', figure.contract_months, ' 个月（', subsidy.full_on,
        '），已缴职工社会保险。', subsidy.said,
        case when not subsidy.was_helped then '招用当月未见在册，现在册，请核对。' end
    )                                                                       as summary,
    list_concat([
        struct_pack(row_id := subsidy.roster_row_id, event_date := subsidy.roster_month, what := '在救助名册'),
        struct_pack(row_id := subsidy.row_id, event_date := subsidy.starts_on, what := '就业登记')
    ], subsidy.facts)                                                       as evidence,

from subsidy
cross join figure
