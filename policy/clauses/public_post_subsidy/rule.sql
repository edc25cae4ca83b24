-- Public welfare posts held by helped people, with a contract of a year or more and a wage of at least the multiple of
-- the minimum wage: the employer's subsidy for a month. Helped: on the roster when hired, or now.
-- The minimum wage in force on the day decides (of a contract that ended: on its last day).
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.subsidy_contract_months where valid_from <= as_of) as contract_months,
        (select arg_max(value, valid_from) from policy.subsidy_claim_months where valid_from <= as_of) as claim_months,
    from run.context as context

),

post as (

    select
        bounded.person_id,
        bounded.row_id,
        bounded.certain,
        bounded.starts_on,
        bounded.ends_on,
        employment.monthly_wage as wage,
        least(bounded.ends_on, figure.as_of) as day,
        (bounded.starts_on + to_months(figure.contract_months) - interval 1 day)::date as full_on,
    from core.employment as bounded
    join linked.employment as employment
        on employment.row_id = bounded.row_id
    cross join figure
    where bounded.post_type = 'public_welfare'
        and coalesce(bounded.ends_on >= full_on, true)
        and coalesce(bounded.ends_on > figure.as_of - to_months(figure.claim_months), true)

),

priced as (

    select
        post.*,
        minimum.value as minimum_wage,
        (multiple.value * minimum.value)::decimal(12, 2) as needed_wage,
        (share.value * minimum.value)::decimal(12, 2) as amount,
    from post
    asof left join policy.minimum_wage as minimum
        on minimum.valid_from <= post.day
    asof join policy.subsidy_wage_multiple as multiple
        on multiple.valid_from <= post.day
    asof join policy.public_post_subsidy_share as share
        on share.valid_from <= post.day

),

-- Several lines on posts begun on one day are one: the best paid.
placed as (

    select
        priced.*,
        coalesce(hired.family_no, helped.family_no) as family_no,
        coalesce(hired.row_id, helped.row_id) as roster_row_id,
        coalesce(hired.roster_month, helped.month) as roster_month,
        coalesce(hired.certain, helped.certain) as roster_certain,
        hired.person_id is not null as was_helped,
    from priced
    left join core.aided_month as hired
        on hired.person_id = priced.person_id and hired.month = date_trunc('month', priced.starts_on)
    left join (
        select * from core.helped
        qualify row_number() over (partition by person_id order by certain desc, family_no, row_id) = 1
    ) as helped
        on helped.person_id = priced.person_id
    where (hired.person_id is not null or helped.person_id is not null)
        and coalesce(priced.wage >= priced.needed_wage, true)
    qualify row_number() over (
        partition by priced.person_id, priced.starts_on
        order by priced.wage desc nulls last, priced.certain desc, priced.row_id
    ) = 1

)

select
    'public_post'                                  as condition,
    placed.person_id,
    placed.family_no,
    placed.starts_on                               as first_met_on,
    if(placed.wage is null, null, placed.amount)   as amount,
    null::boolean                                  as national_bar,
    placed.certain and placed.roster_certain       as certain,
    concat(
        '公益性岗位，合同自 ', placed.starts_on,
        case when placed.ends_on is null then '，没有登记终止日期' else concat(' 至 ', placed.ends_on) end,
        if(placed.full_on <= figure.as_of, '，已满', '，将满'), ' ', figure.contract_months, ' 个月（', placed.full_on, '）；',
        coalesce('月工资 ' || placed.wage || ' 元', '月工资没有登记，金额未计算'),
        case
            when placed.minimum_wage is null then '；参数“最低工资标准”未设定，没有核对工资，金额未计算。'
            else concat('，要求不低于 ', placed.needed_wage, ' 元；岗位补贴每月 ', placed.amount, ' 元，另按规定给予社会保险补贴。')
        end,
        case when not placed.was_helped then '招用当月未见在册，现在册，请核对。' end
    )                                              as summary,
    [
        struct_pack(row_id := placed.roster_row_id, event_date := placed.roster_month, what := '在救助名册'),
        struct_pack(row_id := placed.row_id, event_date := placed.starts_on, what := '公益性岗位就业登记')
    ]                                              as evidence,

from placed
cross join figure
