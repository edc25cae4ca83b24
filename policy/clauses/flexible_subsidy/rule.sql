-- Helped people who paid contributions as flexible workers: what the months of the last year add up to as subsidy.
-- Each month by its own figures; a month counts when the person was helped and of working age in it (the higher age).
-- One base or rate unset: no amount, the months and their registered bases stand in the summary.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.subsidy_claim_months where valid_from <= as_of) as claim_months,
    from run.context as context

),

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
    left join linked.contributions as declared
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
        person_id,
        arg_max(family_no, month) as family_no,
        min(month) as first_month,
        count(*) filter (is_recent) as months,
        max(month) as last_month,
        count(*) filter (is_recent and is_unmarked) as unmarked,
        case when bool_and(due is not null) filter (is_recent) then sum(due) filter (is_recent) end as due,
        bool_and(lowest is not null) filter (is_recent) as has_base,
        bool_and(rate is not null) filter (is_recent) as has_rate,
        min(base) filter (is_recent) as least_base,
        max(base) filter (is_recent) as greatest_base,
        bool_and(certain) filter (is_recent) as certain,
        list_prepend(
            struct_pack(
                row_id := arg_max(roster_row_id, month), event_date := arg_max(roster_month, month), what := '在救助名册'
            ),
            list(struct_pack(row_id := row_id, event_date := month, what := '灵活就业缴费') order by month)
                filter (is_recent)
        ) as facts,
    from (
        select priced.*, priced.month > date_trunc('month', figure.as_of) - to_months(figure.claim_months) as is_recent
        from priced
        cross join figure
    )
    group by person_id

)

select
    'flexible_worker'                               as condition,
    person_id,
    family_no,
    first_month                                     as first_met_on,
    round(due, 2)::decimal(12, 2)                   as amount,
    null::boolean                                   as national_bar,
    certain,
    concat(
        '在册期间最近一年以灵活就业方式缴费 ', months, ' 个月，最近为 ', strftime(last_month, '%Y-%m'),
        case
            when due is not null then concat('，按最低缴费基数应缴费用的规定比例应补 ', round(due, 2)::decimal(12, 2), ' 元')
            when greatest_base is not null then concat('，登记的月缴费基数 ', least_base, ' 至 ', greatest_base, ' 元')
            else '，缴费基数没有登记'
        end, '。',
        case when not has_base then '参数“社会保险费最低缴费基数”未设定，金额未计算。' end,
        case when not has_rate then '参数“灵活就业人员社会保险费率”未设定，金额未计算。' end,
        case when unmarked > 0 then concat('其中 ', unmarked, ' 个月没有到账标志。') end
    )                                               as summary,
    facts                                           as evidence,

from added_up
where months > 0
