-- Listed on the roster, or paid, in a month after the month of death.
-- Without two certain sources that agree, or one and a person's word, the row is not certain: the engine sends it to
-- identity review.
-- Medical and temporary aid are left out of `paid`: both are settled after the event they answer, lawfully also after
-- a death. So are lines of nothing or less than nothing: money taken back was not paid. Certain records decide; probable ones are looked at only where there is no certain one.
with

deceased as (

    select
        death.person_id,
        death.death_date,
        date_trunc('month', death.death_date)               as death_month,
        death.certain_source_count >= 2 and death.dates_agree as agreed,
        confirmed.person_id is not null                     as confirmed,
        agreed or confirmed.person_id is not null           as proved,
        death.certain_source_count,
        death.evidence,

    from core.death as death
    left join core.death_confirmed as confirmed on confirmed.person_id = death.person_id

),

listed as (

    select
        'on_roster'           as condition,
        roster.person_id,
        roster.row_id,
        roster.certain,
        roster.month,
        roster.family_no,
        roster.person_amount  as amount,
        '死亡后仍在救助名册'   as what,

    from core.roster as roster
    join deceased on deceased.person_id = roster.person_id and roster.month > deceased.death_month

    union all

    select
        'paid'                as condition,
        payment.person_id,
        payment.row_id,
        payment.certain,
        payment.month,
        payment.family_no,
        payment.amount,
        '死亡后仍有救助金发放' as what,

    from core.payment as payment
    join deceased on deceased.person_id = payment.person_id and payment.month > deceased.death_month
    where payment.benefit in ('dibao', 'dibao_edge', 'destitute', 'disability_living', 'disability_care')
        and payment.amount > 0

),

decisive as (

    select *
    from listed
    qualify certain = max(certain) over (partition by condition, person_id)

),

summed as (

    select
        condition,
        person_id,
        bool_and(certain)                                    as certain,
        first(family_no order by month, row_id)              as family_no,
        min(month)                                           as first_month,
        max(month)                                           as last_month,
        count(distinct month)                                as months,
        case condition
            when 'paid' then sum(amount)
            else first(amount order by month, row_id)
        end                                                  as amount,
        list(struct_pack(row_id := row_id, event_date := month, what := what) order by month, row_id) as evidence,

    from decisive

    group by condition, person_id

)

select
    summed.condition,
    summed.person_id,
    summed.family_no,
    summed.first_month::date                                 as first_met_on,
    summed.amount::decimal(12, 2)                            as amount,
    null::boolean                                            as national_bar,
    deceased.proved and summed.certain                       as certain,
    format(
        '登记死亡日期 {}（{}）；此后{} {} 个月（{} 至 {}）',
        deceased.death_date::date,
        case
            when deceased.agreed then deceased.certain_source_count || ' 个来源一致'
            when deceased.confirmed then deceased.certain_source_count || ' 个来源，经人工核实'
            when deceased.certain_source_count >= 2 then '各来源日期不一致，先核实身份和日期'
            else '来源不足两个，先核实身份和日期'
        end,
        if(summed.condition = 'paid', '仍有救助金发放', '仍在救助名册'),
        summed.months,
        strftime(summed.first_month, '%Y-%m'),
        strftime(summed.last_month, '%Y-%m')
    )                                                        as summary,
    list_concat(deceased.evidence, summed.evidence)          as evidence,

from summed
join deceased using (person_id)
