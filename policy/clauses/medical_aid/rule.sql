-- Per helped person and month: what medical aid owes on the settlements of the month (自负 in full, 合规自费 by
-- progressive tiers), what it paid, and what remains. Only months in which something remains are listed.
-- Whoever stands on the roster of the month is helped; a month without a delivered roster follows the one before, unless
-- the person is known to have left by then.
-- 医疗救助金 that civil affairs paid out from the month on is told beside, never taken off: it may be the same money as the
-- settlement's, or that of another bill.
-- Where the tiers are unset nothing is computed from them: a month with 合规自费 is listed with what 自负 alone leaves open,
-- whatever the aid was paid for, or without an amount where that is nothing; unless aid covered even all of it.
-- A cost that was not entered is unknown and left out, aid that was not entered counts as none; the summary says how often.
with

spent as (

    select
        aided.person_id,
        aided.month,
        any_value(aided.roster_month)                         as roster_month,
        any_value(aided.row_id)                               as roster_row_id,
        any_value(aided.family_no)                            as family_no,
        bool_and(settlement.certain and aided.certain)        as certain,
        coalesce(sum(settlement.copay), 0)                    as copay,
        coalesce(sum(settlement.eligible_selfpay), 0)         as eligible,
        coalesce(sum(settlement.aid_paid), 0)                 as aid_paid,
        count(*) filter (settlement.copay is null)            as copay_unknown,
        count(*) filter (settlement.aid_paid is null)         as aid_unknown,
        list(struct_pack(row_id := settlement.row_id, event_date := settlement.settled_on, what := '医疗费用结算')
            order by settlement.settled_on, settlement.row_id) as facts,

    from core.settlement as settlement
    join core.aided_month as aided
        on aided.person_id = settlement.person_id and aided.month = settlement.month
    semi join core.spell as stay
        on stay.person_id = aided.person_id
        and aided.roster_month between stay.first_month and stay.last_month
        and coalesce(stay.ended_on >= aided.month, true)
    group by aided.person_id, aided.month

),

granted as (

    select
        spent.person_id,
        spent.month,
        sum(payment.amount) as granted,
        list(struct_pack(row_id := payment.row_id, event_date := payment.month, what := '发放医疗救助金')
            order by payment.month, payment.row_id) as grants,

    from spent
    join core.payment as payment
        on payment.person_id = spent.person_id and payment.month >= spent.month
    where payment.benefit = 'medical_aid' and payment.certain
    group by spent.person_id, spent.month

),

added_up as (

    select
        spent.*,
        coalesce(sum(eligible) over (
            partition by person_id, year(month) order by month rows between unbounded preceding and 1 preceding
        ), 0) as eligible_before,
        share.value as share,
    from spent
    asof join policy.medical_aid_copay_share as share
        on share.valid_from <= spent.month

),

tier as (

    select
        *,
        lead(above) over (partition by valid_from order by above) as below,
    from policy.medical_aid_tiers

),

-- What the tiers give on the month's own 合规自费, above what the year before it has used up where they run by the year.
tiered as (

    select
        placed.person_id,
        placed.month,
        sum(tier.share * greatest(
            least(placed.before + placed.eligible, tier.below)
                - greatest(placed.before, tier.above),
            0
        )) as due,
    from (
        select
            added_up.person_id,
            added_up.month,
            added_up.eligible,
            version.valid_from,
            if(version.per = 'year', added_up.eligible_before, 0) as before,
        from added_up
        asof join (select distinct valid_from, per from policy.medical_aid_tiers) as version
            on version.valid_from <= added_up.month
    ) as placed
    join tier
        on tier.valid_from = placed.valid_from
    group by placed.person_id, placed.month

),

reckoned as (

    select
        added_up.*,
        (added_up.share * added_up.copay)::decimal(12, 2) as copay_due,
        tiered.due is null and added_up.eligible > 0 as is_open,
        (copay_due + coalesce(tiered.due, 0))::decimal(12, 2) as due,
    from added_up
    left join tiered
        on tiered.person_id = added_up.person_id and tiered.month = added_up.month

)

select
    'aid_remains'                                   as condition,
    person_id,
    family_no,
    month                                           as first_met_on,
    if(due > aid_paid, due - aid_paid, null)::decimal(12, 2) as amount,
    null::boolean                                   as national_bar,
    certain,
    concat(
        strftime(month, '%Y-%m'), ' 自负 ', copay::decimal(12, 2), ' 元、合规自费 ', eligible::decimal(12, 2), ' 元，医疗救助',
        case
            when is_open then concat('自负部分应补 ', due, ' 元，合规自费部分没有计算（参数“医疗救助分段累进补偿”未设定），')
            else concat('应补 ', due, ' 元，')
        end,
        '已补 ', aid_paid::decimal(12, 2), ' 元',
        case
            when not is_open then concat('，尚差 ', due - aid_paid, ' 元')
            when due > aid_paid then concat('，至少尚差 ', due - aid_paid, ' 元')
        end, '。',
        case when granted is not null then concat('当月起救助资金发放明细另有医疗救助 ', granted, ' 元，没有计入已补，请核对。') end,
        case when copay_unknown > 0 then concat('有 ', copay_unknown, ' 笔没有登记自负费用，未计入。') end,
        case when aid_unknown > 0 then concat('有 ', aid_unknown, ' 笔没有登记医疗救助支付，按没有支付计。') end,
        case when roster_month <> month then concat('当月救助名册没有收到，按 ', strftime(roster_month, '%Y-%m'), ' 名册。') end
    )                                               as summary,
    list_prepend(
        struct_pack(row_id := roster_row_id, event_date := roster_month, what := '在救助名册'),
        list_concat(facts, grants)
    )                                               as evidence,

from reckoned
left join granted
    using (person_id, month)
where aid_paid < if(is_open, due + eligible, due)
