-- One row per person off the latest roster who alone bore medical costs at or above the own threshold over the last
-- months. The running sum that dates it is reckoned for these few only: settlements are the largest table of a city.
-- A settlement entered twice with differing cells is one, the later line: that too is looked at for these few only.
-- The threshold unset: the heaviest burdens, as many as the parameter says, with what they bore, compared with nothing
-- and dated from the first cost. No diagnosis is read here.
with

figure as (

    select
        context.as_of,
        (
            select arg_max(value, valid_from) from policy.medical_burden_threshold
            where scope = 'own' and valid_from <= as_of
        ) as threshold,
        (select arg_max(value, valid_from) from policy.burden_months where valid_from <= as_of) as months,
        (select arg_max(value, valid_from) from policy.burden_unset_places where valid_from <= as_of) as places,
    from run.context as context

),

heavy as (

    select
        settlement.person_id,
        sum(coalesce(settlement.copay, 0) + coalesce(settlement.eligible_selfpay, 0) + coalesce(settlement.other_selfpay, 0))
            as entered,

    from linked.medical_settlements as settlement
    cross join figure
    where settlement.settled_on <= figure.as_of
        and settlement.settled_on > figure.as_of - to_months(figure.months)
    group by settlement.person_id
    having coalesce(entered >= any_value(figure.threshold), true)

),

last_listed as (

    select person_id, max(month) as month
    from core.roster
    group by person_id

),

-- Left as dead, or because the local registration ended, and not listed since: nobody to ask.
gone as (

    select exits.person_id
    from core.exit as exits
    left join last_listed on last_listed.person_id = exits.person_id
    where exits.certain
    group by exits.person_id
    having arg_max(coalesce(exits.reason, 'unknown'), exits.exit_date) in ('death', 'moved')
        and coalesce(max(exits.exit_date) >= any_value(last_listed.month), true)

),

candidate as (

    select heavy.person_id
    from heavy
    cross join figure
    join identity.person as person on person.person_id = heavy.person_id
    anti join core.helped as helped on helped.person_id = heavy.person_id
    anti join core.death as death on death.person_id = heavy.person_id and death.dates_agree
    anti join gone on gone.person_id = heavy.person_id
    where coalesce(left(person.id_no, 2) not in ('81', '82', '83') and left(person.id_no, 1) <> '9', true)
        and exists (select 1 from core.roster_month)
    qualify figure.threshold is not null
        or row_number() over (order by heavy.entered desc, heavy.person_id) <= figure.places

),

entered_once as (

    select settlement.*
    from linked.medical_settlements as settlement
    semi join candidate on candidate.person_id = settlement.person_id
    cross join figure
    where settlement.settled_on <= figure.as_of
    qualify row_number() over (
        partition by settlement.person_id, settlement.settled_on,
            coalesce(settlement.settlement_no, settlement.row_id::varchar)
        order by settlement.row_id desc
    ) = 1

),

settled as (

    select
        settlement.person_id,
        settlement.row_id,
        settlement.settled_on,
        settlement.certain,
        coalesce(settlement.copay, 0) + coalesce(settlement.eligible_selfpay, 0) + coalesce(settlement.other_selfpay, 0)
            as borne,
        sum(borne) over (
            partition by settlement.person_id
            order by settlement.settled_on
            range between to_months(figure.months) - interval 1 day preceding and current row
        ) as borne_by_then,

    from entered_once as settlement
    cross join figure

),

dated as (

    select
        settled.person_id,
        min(settled.settled_on) filter (
            where settled.borne > 0 and coalesce(settled.borne_by_then >= figure.threshold, true)
        ) as reached_on,
        sum(settled.borne) filter (where settled.settled_on > figure.as_of - to_months(figure.months)) as borne,
        bool_and(settled.certain) filter (where settled.settled_on > figure.as_of - to_months(figure.months)) as certain,
        list(struct_pack(row_id := settled.row_id, event_date := settled.settled_on, what := '医疗费用个人负担')
            order by settled.settled_on, settled.row_id)
            filter (where settled.borne > 0 and settled.settled_on > figure.as_of - to_months(figure.months)) as facts,

    from settled
    cross join figure
    group by settled.person_id

),

maybe_listed as (

    select distinct possible.person_id
    from identity.possible_same as possible
    semi join core.helped as helped on helped.person_id = possible.other_person_id

)

select
    'sudden_illness_candidate'                                                   as condition,
    candidate.person_id,
    null::varchar                                                                as family_no,
    dated.reached_on::date                                                       as first_met_on,
    dated.borne::decimal(12, 2)                                              as amount,
    null::boolean                                                                as national_bar,
    dated.certain and maybe_listed.person_id is null                             as certain,
    concat(
        '最近 ', figure.months, ' 个月本人负担医疗费用 ', dated.borne, ' 元，',
        coalesce(
            '达到本人界限 ' || figure.threshold::decimal(12, 2) || ' 元',
            concat('参数“医疗负担界限”未设定，没有与界限比较，只列负担最重的 ', figure.places, ' 人')
        ),
        '，不在救助名册。',
        case when last_listed.month is not null then '曾在救助名册，最后一个月 ' || strftime(last_listed.month, '%Y-%m') || '。' end,
        case when maybe_listed.person_id is not null then '名册上可能已有本人的记录，身份待核。' end
    )                                                                            as summary,
    dated.facts                                                                  as evidence,

from candidate
cross join figure
join dated on dated.person_id = candidate.person_id
left join last_listed on last_listed.person_id = candidate.person_id
left join maybe_listed on maybe_listed.person_id = candidate.person_id

where dated.borne > 0 and coalesce(dated.borne >= figure.threshold, true)
