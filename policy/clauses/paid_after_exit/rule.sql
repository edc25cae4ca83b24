-- paid_after_exit: dibao paid to a person in a month after the month of the exit, outside grace.
-- on_roster_unpaid: a dibao member without a payment in a month whose payments were delivered.
-- Whatever protects counts from any link; a protective fact of a possible other self makes the row uncertain.
-- A payment is nobody's fault where the family's other members were due it and got none themselves (one row per
-- household), and unknown where a roster since the exit is missing, or lacks a town where the person was ever listed.
-- An exit from a list without the column of the grace tells nothing of the grace: not certain.
with

after_exit as (

    -- the last exit before the payment is the one that matters
    select
        payment.*,
        exits.row_id                                 as exit_row_id,
        exits.exit_date,
        exits.certain and payment.certain and not exits.grace_unknown as both_certain,
        exits.grace_unknown,
        coalesce(payment.family_no, exits.family_no) as paid_family,

    from core.payment as payment
    join core.exit as exits
        on exits.person_id = payment.person_id
        and exits.category = 'dibao'
        and payment.month > date_trunc('month', exits.exit_date)

    where payment.benefit = 'dibao'
        and payment.amount > 0

    qualify row_number() over (partition by payment.row_id order by exits.exit_date desc, exits.row_id) = 1

),

self as (

    select distinct person_id, person_id as self_id, true as same from after_exit

    union all

    select possible.person_id, possible.other_person_id as self_id, false as same
    from identity.possible_same as possible
    where possible.person_id in (select person_id from after_exit)

),

protected as (

    -- in the month of another exit, in grace, or back on the dibao roster since: then this exit was corrected, or a
    -- later one is not delivered
    select
        paid.row_id,
        self.same,

    from after_exit as paid
    join self on self.person_id = paid.person_id
    join core.exit as grace
        on grace.person_id = self.self_id
        and paid.month between date_trunc('month', grace.exit_date)
            and greatest(grace.grace_until, date_trunc('month', grace.exit_date))

    union all

    select
        paid.row_id,
        self.same,

    from after_exit as paid
    join self on self.person_id = paid.person_id
    join core.roster as roster
        on roster.person_id = self.self_id
        and roster.month <= paid.month
        and roster.month > date_trunc('month', paid.exit_date)
        and roster.category = 'dibao'

),

family_due as (

    -- other members of the paid family to whom money was due that month and who got none in their own name
    select distinct paid.row_id

    from after_exit as paid
    join core.dibao_due as other
        on other.family_no = paid.paid_family
        and other.month = paid.month
        and other.person_id <> paid.person_id
        and not other.paid_self

),

town_month as (

    select distinct town, month from core.roster

),

since_exit as (

    select
        row_id,
        person_id,
        unnest(generate_series(date_trunc('month', exit_date) + interval 1 month, month, interval 1 month))::date as month,

    from after_exit

),

unseen as (

    -- a month since the exit without a roster, or without that of a town where the person was ever listed: the person
    -- may have been back on it
    select row_id
    from since_exit
    anti join core.roster_month as delivered on delivered.month = since_exit.month

    union

    select since_exit.row_id
    from since_exit
    join core.roster as listed on listed.person_id = since_exit.person_id and listed.town is not null
    anti join town_month on town_month.town = listed.town and town_month.month = since_exit.month

),

wrong as (

    select
        paid.*,
        both_certain and row_id not in (select row_id from protected) as certain_fact,

    from after_exit as paid

    where row_id not in (select row_id from protected where same)
        and row_id not in (select row_id from family_due)
        and row_id not in (select row_id from unseen)

    qualify certain_fact = max(certain_fact) over (partition by person_id, exit_row_id)

),

paid_wrongly as (

    select
        person_id,
        exit_row_id,
        any_value(exit_date)                            as exit_date,
        first(paid_family order by month, row_id)       as family_no,
        min(month)                                      as first_month,
        max(month)                                      as last_month,
        count(distinct month)                           as months,
        sum(amount)                                     as amount,
        bool_and(certain_fact)                          as certain,
        bool_or(grace_unknown)                          as grace_unknown,
        list(struct_pack(row_id := row_id, event_date := month, what := '退出后仍发放低保金') order by month, row_id)
                                                        as evidence,

    from wrong

    group by person_id, exit_row_id

),

delivered as (

    -- by town, since towns deliver apart: some of the town was paid, and enough of the city
    select
        month,
        town,
        bool_or(covered)                                                            as town_paid,
        sum(count(*) filter (where covered)) over month_of / sum(count(*)) over month_of as share,

    from core.dibao_due

    group by month, town

    window month_of as (partition by month)

),

missed as (

    select
        checked.*,
        checked.month <= checked.start_date                                                           as is_first_month,
        lead(checked.month) over (partition by checked.person_id order by checked.month, checked.row_id) as next_month,

    from core.dibao_due as checked
    join delivered
        on delivered.month = checked.month
        and delivered.town is not distinct from checked.town
    anti join core.death
        on death.person_id = checked.person_id
        and death.death_date < checked.month

    where not checked.covered
        and delivered.town_paid
        and delivered.share >= (
            select arg_max(value, valid_from) from policy.payment_month_share
            where valid_from <= (select as_of from run.context)
        )

),

unpaid as (

    -- the first payment may follow in the next month: a first month counts only when that one is unpaid too
    select
        person_id,
        first(family_no order by month, row_id)                                    as family_no,
        min(month)                                                                 as first_month,
        max(month)                                                                 as last_month,
        count(distinct month)                                                      as months,
        if(count(*) = count(person_amount), sum(person_amount), null)              as amount,
        bool_and(certain)                                                          as certain,
        list(struct_pack(row_id := row_id, event_date := month, what := '在低保名册,当月没有发放记录')
            order by month, row_id)                                                as evidence,

    from missed

    where not coalesce(is_first_month, false)
        or next_month = month + interval 1 month

    group by person_id

)

select
    'paid_after_exit'                                    as condition,
    person_id,
    family_no,
    first_month::date                                    as first_met_on,
    amount::decimal(12, 2)                               as amount,
    null::boolean                                        as national_bar,
    certain,
    format(
        '{} 登记退出低保；此后 {} 个月（{} 至 {}）仍发放低保金，{}，当月也不在低保名册。发放月份按登记月份计，补发以前月份的请注明',
        exit_date::date, months, strftime(first_month, '%Y-%m'), strftime(last_month, '%Y-%m'),
        if(grace_unknown, '退出名册没有缓退截止月份一栏，是否在缓退期内未知', '不在缓退期内')
    )                                                    as summary,
    list_prepend(
        struct_pack(row_id := exit_row_id, event_date := exit_date::date, what := '登记退出低保'),
        evidence
    )                                                    as evidence,

from paid_wrongly

union all

select
    'on_roster_unpaid'                                   as condition,
    person_id,
    family_no,
    first_month::date                                    as first_met_on,
    amount::decimal(12, 2)                               as amount,
    null::boolean                                        as national_bar,
    certain,
    format(
        '在低保名册而本人和家庭都没有低保金发放记录 {} 个月（{} 至 {}）{}',
        months, strftime(first_month, '%Y-%m'), strftime(last_month, '%Y-%m'),
        if(amount is null, '；本人月保障金未登记，金额未知', '')
    )                                                    as summary,
    evidence,

from unpaid
