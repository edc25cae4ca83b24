-- One row per dibao or edge household of the latest roster, under another cause than illness, whose members bore medical
-- costs at or above the household's threshold over the last months. The threshold unset: households without any cause
-- alone, with what they bore. No diagnosis is read here.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.burden_months where valid_from <= as_of) as months,
        (select arg_max(value, valid_from) from policy.medical_burden_threshold
            where scope = 'household' and valid_from <= as_of) as threshold,
    from run.context as context

),

family as (

    select
        family_no,
        any_value(month)                                   as month,
        bool_or(cause is not null)                         as has_cause,
        min(row_id)                                        as row_id,
        bool_and(certain)                                  as certain,

    from core.helped
    where category in ('dibao', 'dibao_edge')
    group by family_no
    having not coalesce(bool_or(cause in ('illness', 'sudden_illness')), false)

),

settled as (

    select
        member.family_no,
        settlement.row_id,
        settlement.settled_on,
        settlement.certain,
        coalesce(settlement.copay, 0) + coalesce(settlement.eligible_selfpay, 0) + coalesce(settlement.other_selfpay, 0)
            as borne,
        sum(borne) over (
            partition by member.family_no
            order by settlement.settled_on
            range between to_months(figure.months) - interval 1 day preceding and current row
        ) as borne_by_then,

    from (select distinct family_no, person_id from core.helped) as member
    join core.settlement as settlement on settlement.person_id = member.person_id
    cross join figure

),

burden as (

    select
        settled.family_no,
        min(settled.settled_on) filter (where settled.borne_by_then >= figure.threshold)  as reached_on,
        sum(settled.borne) filter (where settled.settled_on > figure.as_of - to_months(figure.months)) as borne,
        bool_and(settled.certain) filter (where settled.settled_on > figure.as_of - to_months(figure.months)) as certain,
        list(struct_pack(row_id := settled.row_id, event_date := settled.settled_on, what := '医疗费用个人负担')
            order by settled.settled_on, settled.row_id)
            filter (where settled.borne > 0 and settled.settled_on > figure.as_of - to_months(figure.months)) as facts,

    from settled
    cross join figure
    group by settled.family_no

)

select
    'illness_candidate'                                                          as condition,
    null::varchar                                                                as person_id,
    family.family_no,
    greatest(stay.first_month, burden.reached_on)::date                          as first_met_on,
    burden.borne::decimal(12, 2)                                                 as amount,
    null::boolean                                                                as national_bar,
    family.certain and burden.certain                                            as certain,
    concat(
        '家庭最近 ', figure.months, ' 个月个人负担医疗费用 ', burden.borne, ' 元',
        case
            when figure.threshold is null then '；参数“医疗负担界限”未设定，没有与界限比较'
            else '，达到家庭界限 ' || figure.threshold::decimal(12, 2) || ' 元'
        end,
        '。名册的致困原因', if(family.has_cause, '登记为其他', '没有登记'), '。'
    )                                                                            as summary,
    list_prepend(struct_pack(row_id := family.row_id, event_date := family.month, what := '家庭在救助名册'), burden.facts)
                                                                                 as evidence,

from family
cross join figure
join core.household_stay as stay on stay.family_no = family.family_no
join burden on burden.family_no = family.family_no

where burden.borne >= figure.threshold
    or (figure.threshold is null and not family.has_cause and burden.borne > 0)
