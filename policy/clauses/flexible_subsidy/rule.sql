-- Helped people who paid contributions as flexible workers: what the months of the last year add up to as subsidy.
-- Each month by its own figures; a month counts when the person was helped and of working age in it (the higher age).
-- One base or rate unset: no amount, the months and their registered bases stand in the summary.
with

-- Two lines of one person and month are one month.
paid_month as (

    select
        aided.person_id,
        aided.month,
        any_value(aided.family_no) as family_no,
        any_value(aided.certain) and bool_and(contribution.certain) as certain,
        max(declared.base) as base,
        bool_and(contribution.paid is null) as is_unmarked,
        min(contribution.row_id) as row_id,
        any_value(aided.row_id) as roster_row_id,
        any_value(aided.roster_month) as roster_month,
    from core.contribution as contribution
    join core.aided_month as aided
        on aided.person_id = contribution.person_id and aided.month = contribution.month
    join core.working_age as age
        on age.person_id = contribution.person_id
        and age.from_day <= last_day(contribution.month)
        and age.until_higher > contribution.month
    join linked.contributions as declared
        on declared.row_id = contribution.row_id
    where contribution.insured_as = 'flexible'
        and contribution.paid is distinct from 'unpaid'
    group by aided.person_id, aided.month

),

priced as (

    select
        paid_month.*,
        lowest.value as lowest,
        rate.value as rate,
        share.numerator * lowest.value * rate.value / share.denominator as due,
        min(paid_month.month) over (partition by paid_month.person_id) as first_month,
    from paid_month
    asof join policy.flexible_subsidy_share as share
        on share.valid_from <= paid_month.month
    asof left join policy.minimum_contribution_base as lowest
        on lowest.valid_from <= paid_month.month
    asof left join policy.flexible_contribution_rate as rate
        on rate.valid_from <= paid_month.month

),

added_up as (

    select
        priced.person_id,
        arg_max(priced.family_no, priced.month) as family_no,
        priced.first_month,
        count(*) as months,
        max(priced.month) as last_month,
        count(*) filter (where priced.is_unmarked) as unmarked,
        case when count(*) = count(priced.due) then sum(priced.due)::decimal(12, 2) end as due,
        count(*) = count(priced.lowest) as has_base,
        count(*) = count(priced.rate) as has_rate,
        min(priced.base) as least_base,
        max(priced.base) as greatest_base,
        bool_and(priced.certain) as certain,
        list_prepend(
            arg_max(struct_pack(
                row_id := priced.roster_row_id, event_date := priced.roster_month, what := '在救助名册'
            ), priced.month),
            list(struct_pack(row_id := priced.row_id, event_date := priced.month, what := '灵活就业缴费') order by priced.month)
        ) as facts,
    from priced
    cross join run.context as context
    where priced.month > date_trunc('month', context.as_of) - to_months((
        select arg_max(claim.value, claim.valid_from) from policy.subsidy_claim_months as claim
        where claim.valid_from <= context.as_of
    ))
    group by priced.person_id, priced.first_month

)

select
    'flexible_worker'                               as condition,
    person_id,
    family_no,
    first_month                                     as first_met_on,
    due                                             as amount,
    null::boolean                                   as national_bar,
    certain,
    concat(
        '在册期间最近一年以灵活就业方式缴费 ', months, ' 个月，最近为 ', strftime(last_month, '%Y-%m'),
        case
            when due is not null then concat('，按最低缴费基数应缴费用的规定比例应补 ', due, ' 元')
            when greatest_base is not null then concat('，登记的月缴费基数 ', least_base, ' 至 ', greatest_base, ' 元')
            else '，缴费基数没有登记'
        end, '。',
        case when not has_base then '参数“社会保险费最低缴费基数”未设定，金额未计算。' end,
        case when not has_rate then '参数“灵活就业人员社会保险费率”未设定，金额未计算。' end,
        '其中 ' || nullif(unmarked, 0) || ' 个月没有到账标志。'
    )                                               as summary,
    facts                                           as evidence,

from added_up
