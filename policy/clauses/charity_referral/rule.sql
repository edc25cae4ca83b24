-- Helped people with medical costs of their own left after aid: 自负 + 合规自费 + 其他自费 − aid paid, over the last months,
-- ranked by burden. Unset minimum: whoever has anything left. Costs not entered count as nothing, never as much.
-- first_met_on: the day on which the sum of the months before it was first reached without a break of as many months,
-- not before the current time on the roster began.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.burden_months where valid_from <= as_of) as months,
        (select arg_max(value, valid_from) from policy.charity_burden_minimum where valid_from <= as_of) as minimum,
    from run.context as context

),

helped as (

    select helped.*, stay.first_month
    from core.helped as helped
    join core.person_stay as stay
        on stay.person_id = helped.person_id
    anti join core.death as death
        on death.person_id = helped.person_id
        and death.dates_agree
    qualify row_number() over (
        partition by helped.person_id order by helped.certain desc, helped.family_no, helped.row_id
    ) = 1

),

cost as (

    select
        settlement.person_id,
        settlement.row_id,
        settlement.settled_on,
        settlement.certain,
        coalesce(settlement.copay, 0) + coalesce(settlement.eligible_selfpay, 0) + coalesce(settlement.other_selfpay, 0)
            - coalesce(settlement.aid_paid, 0) as remains,
        sum(remains) over (
            partition by settlement.person_id
            order by settlement.settled_on
            range between to_months(figure.months) - interval 1 day preceding and current row
        ) as by_then,
    from core.settlement as settlement
    semi join helped
        on helped.person_id = settlement.person_id
    cross join figure

),

reached as (

    select
        cost.person_id,
        cost.settled_on,
        lag(cost.settled_on) over (partition by cost.person_id order by cost.settled_on, cost.row_id)
            + to_months(figure.months) > cost.settled_on as goes_on,
    from cost
    cross join figure
    where cost.by_then > 0 and coalesce(cost.by_then >= figure.minimum, true)

),

since as (

    select person_id, max(settled_on) filter (not coalesce(goes_on, false)) as day
    from reached
    group by person_id

),

burden as (

    select
        cost.person_id,
        sum(cost.remains) as amount,
        count(*) as settlements,
        bool_and(cost.certain) as certain,
        list(struct_pack(row_id := cost.row_id, event_date := cost.settled_on, what := '医疗费用个人负担')
            order by cost.settled_on, cost.row_id) as facts,
    from cost
    cross join figure
    where cost.settled_on > figure.as_of - to_months(figure.months)
    group by cost.person_id
    having sum(cost.remains) > 0 and coalesce(sum(cost.remains) >= any_value(figure.minimum), true)

),

ranked as (

    select
        *,
        rank() over (order by amount desc) as place,
        count(*) over () as people,
    from burden

)

select
    'charity_candidate'                              as condition,
    helped.person_id,
    helped.family_no,
    greatest(since.day, helped.first_month)::date    as first_met_on,
    ranked.amount::decimal(12, 2)                    as amount,
    null::boolean                                    as national_bar,
    helped.certain and ranked.certain                as certain,
    concat(
        '负担列第 ', ranked.place, ' 位（共 ', ranked.people, ' 人）：最近 ', figure.months, ' 个月 ', ranked.settlements,
        ' 笔结算，医疗救助后仍由个人负担 ', ranked.amount::decimal(12, 2), ' 元。',
        case when figure.minimum is null then '参数“公益援助的剩余负担起点”未设定，有剩余负担的都列出。' end
    )                                                as summary,
    list_prepend(
        struct_pack(row_id := helped.row_id, event_date := helped.month, what := '在救助名册'),
        ranked.facts
    )                                                as evidence,

from helped
join ranked
    on ranked.person_id = helped.person_id
join since
    on since.person_id = helped.person_id
cross join figure
