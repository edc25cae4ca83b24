-- One row per person and condition: relapsed (back on the roster), at_risk (not back, signals since the exit).
-- Supportive: probable links serve too and are marked. Everything hangs on the person's latest exit from dibao or
-- dibao edge, and only while the day lies within the monitoring window. An exit after which the person was listed on
-- without a month off until today (corrected, another category, a new family number) left nothing: the one before counts.
with

figure as (

    select
        context.as_of,
        (select max(month) from core.roster_month) as roster_month,
        (select arg_max(value, valid_from) from policy.monitoring_window_months where valid_from <= as_of) as window_months,
        (select arg_max(value, valid_from) from policy.relapse_minimum_months_off where valid_from <= as_of) as months_off,
        (select arg_max(value, valid_from) from policy.severe_disability_grade where valid_from <= as_of) as severe_grade,
        (select arg_max(value, valid_from) from policy.no_contribution_months where valid_from <= as_of) as idle_months,
        (select arg_max(value, valid_from) from policy.burden_months where valid_from <= as_of) as burden_months,
        (select arg_max(value, valid_from) from policy.signal_red_multiple where valid_from <= as_of) as red_multiple,
    from run.context as context

),

threshold as (

    select scope, arg_max(value, valid_from) as value
    from policy.medical_burden_threshold
    where valid_from <= (select as_of from figure)
    group by scope

),

-- An unknown reason is followed: doubt favours the person. Whoever died or moved away since is not.
followed as (

    select
        exits.row_id,
        exits.person_id,
        exits.family_no,
        exits.category,
        exits.exit_date,
        exits.reason,
        exits.certain,
    from core.exit as exits
    cross join figure
    where exits.category in ('dibao', 'dibao_edge')
        and not exists (
            select 1 from core.after_exit as again
            where again.exit_row_id = exits.row_id
                and again.month = figure.roster_month
                and again.months_off < figure.months_off
                and not again.doubtful
        )
    qualify row_number() over (
            partition by exits.person_id order by exits.exit_date desc, exits.certain desc, exits.row_id
        ) = 1
        and coalesce(exits.reason, 'other') in ('income', 'voluntary', 'other')
        and exits.exit_date + to_months(figure.window_months) >= figure.as_of

),

back as (

    select
        followed.*,
        again.month,
        again.row_id as again_row_id,
        again.family_no as again_family_no,
        again.category as again_category,
        again.months_off,
        again.certain as again_certain,
        case
            when again.start_date between followed.exit_date and last_day(again.month) then again.start_date
            else again.month
        end as first_met_on,
    from followed
    cross join figure
    join core.after_exit as again
        on again.exit_row_id = followed.row_id
    where again.months_off >= figure.months_off
        and not again.doubtful
    qualify row_number() over (partition by followed.row_id order by again.month) = 1

),

-- Not back: on no roster in the latest month, nor ever again after a whole month off it.
away as (

    select followed.*
    from followed
    cross join figure
    left join core.death as death
        on death.person_id = followed.person_id and death.source_count > 1
    where death.person_id is null
        and not exists (select 1 from back where back.row_id = followed.row_id)
        and not exists (
            select 1 from core.after_exit as again
            where again.exit_row_id = followed.row_id and again.month = figure.roster_month
        )

),

-- The household as it left: whoever shared the last listed month, or left under the same number.
housemate as (

    select
        placed.row_id,
        placed.person_id,
        placed.exit_date,
        roster.person_id as member_id,
    from (
        select away.row_id, away.person_id, away.exit_date, last.family_no, last.month
        from away
        asof join core.roster as last
            on last.person_id = away.person_id and last.month <= away.exit_date
    ) as placed
    join core.roster as roster
        on roster.family_no = placed.family_no and roster.month = placed.month

    union

    select away.row_id, away.person_id, away.exit_date, exits.person_id
    from away
    join core.exit as exits
        on exits.family_no = away.family_no and exits.exit_date = away.exit_date

),

settled as (

    select
        housemate.person_id,
        threshold.scope,
        threshold.value as threshold,
        housemate.exit_date,
        settlement.row_id,
        settlement.settled_on,
        settlement.certain,
        coalesce(settlement.copay, 0) + coalesce(settlement.eligible_selfpay, 0) + coalesce(settlement.other_selfpay, 0)
            as borne,
        sum(borne) over (
            partition by housemate.person_id, threshold.scope
            order by settlement.settled_on
            range between to_months(figure.burden_months) - interval 1 day preceding and current row
        ) as borne_by_then,
    from housemate
    join threshold
        on threshold.scope = 'household' or housemate.member_id = housemate.person_id
    join linked.medical_settlements as settlement
        on settlement.person_id = housemate.member_id
    cross join figure
    where settlement.settled_on <= figure.as_of
        and settlement.settled_on > housemate.exit_date - to_months(figure.burden_months)

),

-- Reached on a day after the exit, and still reached by the last months before today.
burden as (

    select
        settled.person_id,
        settled.scope,
        min(settled.settled_on) filter (
            settled.settled_on > settled.exit_date and settled.borne_by_then >= settled.threshold
        ) as signal_on,
        sum(settled.borne) filter (settled.settled_on > figure.as_of - to_months(figure.burden_months)) as borne,
        any_value(settled.threshold) as threshold,
        any_value(figure.red_multiple) as red_multiple,
    from settled
    cross join figure
    group by settled.person_id, settled.scope
    having signal_on is not null and sum(settled.borne) filter (
        settled.settled_on > figure.as_of - to_months(figure.burden_months)
    ) >= any_value(settled.threshold)

),

paid_work as (

    select person_id, month, row_id, certain
    from core.contribution
    where insured_as in ('employee', 'flexible') and paid is distinct from 'unpaid'

),

idle_since as (

    select min(month) as month
    from (select month, row_number() over (order by month desc) as place from core.contribution_month)
    where place <= (select idle_months from figure)
    having count(*) = (select idle_months from figure)

),

-- Work ended: an employment that ended or contributions that stopped, and in the months since, all delivered, neither
-- an employment in force nor a paid month.
work_end as (

    select
        away.person_id,
        employment.ends_on as signal_on,
        employment.ends_on as said_on,
        employment.row_id,
        employment.certain,
        '就业登记终止' as what,
    from away
    join core.employment as employment
        on employment.person_id = away.person_id
    where employment.ends_on > away.exit_date
        and employment.ends_on <= (select as_of from figure)

    union all

    select
        away.person_id,
        (max(paid_work.month) + interval 1 month)::date,
        max(paid_work.month)::date,
        arg_max(paid_work.row_id, paid_work.month),
        arg_max(paid_work.certain, paid_work.month),
        '最后一个缴费月份',
    from away
    join paid_work
        on paid_work.person_id = away.person_id
    where paid_work.month >= date_trunc('month', away.exit_date)
    group by away.person_id

),

idle as (

    select work_end.*
    from work_end
    cross join idle_since
    where idle_since.month >= date_trunc('month', work_end.signal_on)
        and not exists (
            select 1 from paid_work
            where paid_work.person_id = work_end.person_id and paid_work.month >= idle_since.month
        )
        and not exists (
            select 1 from core.employment as employment
            where employment.person_id = work_end.person_id
                and (employment.ends_on is null or employment.ends_on >= (select as_of from figure))
        )

),

assessed as (

    select person_id, assessed_on, level, row_id, certain
    from linked.care_assessments
    where assessed_on <= (select as_of from figure)

),

severe_now as (

    select person_id
    from assessed
    qualify assessed_on = max(assessed_on) over (partition by person_id) and level = 'severe'

),

-- signal_on: since when it tells; said_on: the day that stands in the row.
signal as (

    select person_id, '医疗负担' as kind, signal_on, null::date as said_on, null as row_id, null as what, true as certain
    from burden

    union all

    select person_id, '失去工作', signal_on, said_on, row_id, what, certain
    from idle

    union all

    select
        away.person_id,
        '新评重度残疾',
        certificate.issued_on,
        certificate.issued_on,
        certificate.row_id,
        '重度残疾等级的残疾人证',
        certificate.certain,
    from away
    join linked.disability_certificates as certificate
        on certificate.person_id = away.person_id
    cross join figure
    where certificate.grade <= figure.severe_grade
        and coalesce(certificate.status, 'valid') = 'valid'
        and certificate.issued_on > away.exit_date
        and certificate.issued_on <= figure.as_of
        and not exists (
            select 1 from linked.disability_certificates as earlier
            where earlier.person_id = certificate.person_id
                and earlier.issued_on <= away.exit_date
                and earlier.grade <= certificate.grade
        )

    union all

    select
        away.person_id,
        '评估为重度失能',
        assessed.assessed_on,
        assessed.assessed_on,
        assessed.row_id,
        '失能评估为重度',
        assessed.certain,
    from away
    join assessed
        on assessed.person_id = away.person_id and assessed.level = 'severe'
    semi join severe_now
        on severe_now.person_id = away.person_id
    where assessed.assessed_on > away.exit_date

    union all

    select
        housemate.person_id,
        '住房危险未治理',
        house.identified_on,
        house.identified_on,
        house.row_id,
        '住房鉴定为 D 级，未治理',
        house.certain,
    from housemate
    join linked.dangerous_houses as house
        on house.person_id = housemate.member_id
    where house.danger_grade = 'D'
        and coalesce(house.treatment, 'none') = 'none'
        and house.completed_on is null
        and house.identified_on > housemate.exit_date
        and house.identified_on <= (select as_of from figure)

    union all

    select
        away.person_id,
        '再次领取临时救助',
        payment.month,
        payment.month,
        payment.row_id,
        '发放临时救助金',
        payment.certain,
    from away
    join core.payment as payment
        on payment.person_id = away.person_id
    where payment.benefit = 'temporary'
        and payment.amount > 0
        and payment.month > away.exit_date

),

-- The settlements under a burden are its facts, each of them.
fact as (

    select person_id, row_id, said_on as event_date, what, certain
    from signal
    where row_id is not null

    union

    select settled.person_id, settled.row_id, settled.settled_on, '医疗费用个人负担', settled.certain
    from settled
    semi join burden
        on burden.person_id = settled.person_id and burden.scope = settled.scope
    cross join figure
    where settled.settled_on > figure.as_of - to_months(figure.burden_months)

),

facts as (

    select
        person_id,
        bool_and(certain) as certain,
        list(struct_pack(row_id := row_id, event_date := event_date, what := what) order by event_date, row_id) as list,
    from fact
    group by person_id

),

level as (

    select
        signal.person_id,
        min(signal.signal_on)::date as first_met_on,
        count(distinct signal.kind) as signals,
        string_agg(distinct signal.kind, '、' order by signal.kind) as kinds,
        coalesce(bool_or(burden.borne >= burden.threshold * burden.red_multiple), false) as is_heavy,
    from signal
    left join burden
        on burden.person_id = signal.person_id
    group by signal.person_id

)

select
    'relapsed' as condition,
    back.person_id,
    back.again_family_no as family_no,
    back.first_met_on,
    null::decimal(12, 2) as amount,
    null::boolean as national_bar,
    back.again_certain as certain,
    concat(
        back.exit_date, ' 退出', case back.category when 'dibao' then '低保' else '低保边缘' end,
        case when back.reason is null then '（退出原因不明）' end,
        '，离开名册 ', back.months_off, ' 个整月后，自 ', back.first_met_on, ' 起再次纳入',
        case back.again_category
            when 'dibao' then '低保' when 'dibao_edge' then '低保边缘' when 'destitute' then '特困' else '临时救助'
        end,
        '，距退出 ', date_sub('month', back.exit_date, back.first_met_on), ' 个月。'
    ) as summary,
    [
        struct_pack(row_id := back.row_id, event_date := back.exit_date, what := '退出救助'),
        struct_pack(row_id := back.again_row_id, event_date := back.month, what := '再次列入救助名册')
    ] as evidence,

from back

union all

select
    'at_risk',
    away.person_id,
    away.family_no,
    level.first_met_on,
    null,
    null,
    away.certain and facts.certain,
    concat(
        case
            when level.signals >= 3 or level.is_heavy then '红色'
            when level.signals = 2 then '橙色'
            else '黄色'
        end,
        '提示：', away.exit_date, ' 退出', case away.category when 'dibao' then '低保' else '低保边缘' end,
        case when away.reason is null then '（退出原因不明）' end,
        '后出现 ', level.signals, ' 项风险（', level.kinds, '），距退出 ',
        date_sub('month', away.exit_date, figure.as_of), ' 个月，尚未再次纳入救助。',
        case when not exists (select 1 from threshold) then '参数“医疗负担界限”未设定，没有评估医疗负担。' end
    ),
    list_prepend(struct_pack(row_id := away.row_id, event_date := away.exit_date, what := '退出救助'), facts.list),

from away
join level
    on level.person_id = away.person_id
join facts
    on facts.person_id = away.person_id
cross join figure
