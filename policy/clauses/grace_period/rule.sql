-- One row per person and condition of a voluntary exit from dibao with income at or above the standard: in_grace,
-- ended, and the exceptions granted_too_short, granted_too_long, paid_after_end, cut_off_early.
-- Months of grace are calendar months after the month of exit, the stated last month included. Who is known from two
-- agreeing sources to have died before its end is neither in grace nor past it; one report alone is said, not believed.
with

figure as (

    select
        context.as_of,
        date_trunc('month', context.as_of)::date as this_month,
        (select arg_max(value, valid_from) from policy.monitoring_window_months where valid_from <= as_of) as window_months,
    from run.context as context

),

-- Below the standard nobody is owed grace; an unset standard or an unknown income leaves the person listed and says so.
granted as (

    select
        exits.row_id,
        exits.person_id,
        exits.family_no,
        exits.certain,
        exits.exit_date,
        date_trunc('month', exits.grace_until)::date as last_month,
        date_diff('month', exits.exit_date, exits.grace_until) as months,
        minimum.value as minimum,
        maximum.value as maximum,
        concat(
            case when standard.value is null then '参数“最低生活保障标准”未设定，没有核对收入。' end,
            case when exits.income_per_head is null then '退出时人均月收入未载。' end
        ) as unknown,
    from core.exit as exits
    asof join policy.grace_minimum_months as minimum
        on minimum.valid_from <= exits.exit_date
    asof join policy.grace_maximum_months as maximum
        on maximum.valid_from <= exits.exit_date
    asof left join policy.dibao_standard as standard
        on standard.valid_from <= exits.exit_date
    where exits.category = 'dibao'
        and exits.reason = 'voluntary'
        and exits.grace_until is not null
        and coalesce(exits.income_per_head >= standard.value, true)
    qualify row_number() over (
        partition by exits.person_id order by exits.exit_date desc, exits.certain desc, exits.row_id
    ) = 1

),

-- Admitted anew: from then on what is paid is no grace. A line that goes on unchanged after the exit is none.
admitted as (

    select
        again.exit_row_id as row_id,
        min(again.month) as month,
    from core.after_exit as again
    where again.category = 'dibao'
        and (again.months_off > 0 or again.start_date > again.exit_date)
    group by again.exit_row_id

),

spent as (

    select
        granted.*,
        admitted.month as admitted_month,
        (granted.last_month + interval 1 month)::date as ended_on,
        death.death_date,
        death.dates_agree as is_dead,
        admitted.month is null and coalesce(not death.dates_agree or death.death_date >= ended_on, true) as is_open,
    from granted
    left join admitted
        on admitted.row_id = granted.row_id
    left join core.death as death
        on death.person_id = granted.person_id

),

-- Money after the end accuses, so it is listed on certain links alone, and not where the family's other members were due
-- it and got none in their own name; a month whose roster was not delivered leaves that unknown.
overpaid as (

    select
        spent.row_id,
        min(payment.month) as first_month,
        sum(payment.amount) as amount,
        count(distinct payment.month) as months,
        list(struct_pack(row_id := payment.row_id, event_date := payment.month, what := '缓退期满后发放低保金')
            order by payment.month, payment.row_id) as facts,
    from spent
    join core.payment as payment
        on payment.person_id = spent.person_id
    semi join core.roster_month as delivered
        on delivered.month = payment.month
    where payment.benefit = 'dibao'
        and payment.amount > 0
        and payment.certain
        and spent.certain
        and payment.month > spent.last_month
        and payment.month > spent.exit_date
        and (spent.admitted_month is null or payment.month < spent.admitted_month)
        and not exists (
            select 1 from core.dibao_due as other
            where other.family_no = coalesce(payment.family_no, spent.family_no)
                and other.month = payment.month
                and not other.paid_self
        )
    group by spent.row_id

),

covered as (

    select distinct self.person_id, payment.month
    from core.payment as payment
    join core.possible_self as self
        on self.self_id = payment.person_id
    where payment.benefit = 'dibao'

),

-- A payment without a family number is the payee's family's: the one the payee was listed with or left.
covered_family as (

    select family_no, month from core.payment where benefit = 'dibao'

    union

    select listed.family_no, payment.month
    from core.payment as payment
    join (
        select person_id, family_no from core.roster
        union
        select person_id, family_no from core.exit
    ) as listed
        on listed.person_id = payment.person_id
    where payment.benefit = 'dibao' and payment.family_no is null

),

last_amount as (

    select person_id, arg_max(person_amount, month) as amount, arg_max(row_id, month) as row_id, max(month) as month
    from core.roster
    where category = 'dibao'
    group by person_id

),

-- A delivered payment month inside the grace with nothing for the person or under the family number.
unpaid as (

    select
        spent.row_id,
        min(delivered.month) as first_month,
        count(*) as months,
        string_agg(strftime(delivered.month, '%Y-%m'), '、' order by delivered.month) as which,
    from spent
    join core.paid_month as delivered
        on delivered.month > spent.exit_date and delivered.month <= spent.last_month
    where (spent.death_date is null or spent.death_date > delivered.month)
        and (spent.admitted_month is null or delivered.month < spent.admitted_month)
        and not exists (
            select 1 from covered
            where covered.person_id = spent.person_id and covered.month = delivered.month
        )
        and not exists (
            select 1 from covered_family
            where covered_family.family_no = spent.family_no and covered_family.month = delivered.month
        )
    group by spent.row_id

),

listed as (

    select
        'in_grace' as condition,
        spent.row_id,
        spent.exit_date as first_met_on,
        null::decimal(12, 2) as amount,
        concat('缓退期内，含本月还有 ', date_diff('month', figure.this_month, spent.last_month) + 1, ' 个月。') as finding,
        null as facts,
    from spent
    cross join figure
    where spent.last_month >= figure.this_month and spent.is_open

    union all

    select 'ended', spent.row_id, spent.ended_on, null, '缓退期已满。', null
    from spent
    cross join figure
    where spent.ended_on <= figure.this_month
        and spent.exit_date + to_months(figure.window_months) >= figure.as_of
        and spent.is_open

    union all

    select 'granted_too_short', row_id, exit_date, null, concat('缓退期短于 ', minimum, ' 个月。'), null
    from spent
    where months < minimum

    union all

    select 'granted_too_long', row_id, exit_date, null, concat('缓退期长于 ', maximum, ' 个月。'), null
    from spent
    where months > maximum

    union all

    select
        'paid_after_end', row_id, first_month, amount, concat('缓退期满后有 ', months, ' 个月仍有发放，请核对。'), facts,
    from overpaid

    union all

    select
        'cut_off_early', unpaid.row_id, unpaid.first_month, last_amount.amount * unpaid.months,
        concat('缓退期内 ', unpaid.which, ' 没有发放记录；涉及金额按退出前本人月保障金计算。',
            case when last_amount.amount is null then '本人月保障金未载，金额未知。' end),
        case when last_amount.row_id is not null then
            [struct_pack(row_id := last_amount.row_id, event_date := last_amount.month, what := '退出前的低保名册')]
        end,
    from unpaid
    join spent
        on spent.row_id = unpaid.row_id
    left join last_amount
        on last_amount.person_id = spent.person_id

)

select
    listed.condition,
    spent.person_id,
    spent.family_no,
    listed.first_met_on,
    listed.amount::decimal(12, 2) as amount,
    null::boolean as national_bar,
    spent.certain,
    concat(
        spent.exit_date, ' 主动申报退保，缓退至 ', strftime(spent.last_month, '%Y-%m'), '（', spent.months, ' 个月）。',
        listed.finding, spent.unknown,
        case when not spent.is_dead then '有部门登记死亡，没有两个来源一致，请核对。' end
    ) as summary,
    list_concat(
        [struct_pack(row_id := spent.row_id, event_date := spent.exit_date, what := '主动申报退保，载明缓退截止月份')],
        listed.facts
    ) as evidence,

from listed
join spent
    on spent.row_id = listed.row_id
