-- One row per category: the month's roster against the month's payments of the matching benefit, with how many
-- families explain a difference. No payment row at all of a benefit in the month means "not delivered", not
-- "nobody was paid".
with

roster as (

    select
        household.category,
        household.family_no,
        household.household_amount  as yuan,

    from core.household as household
    join temp.period as period on household.month = period.month
    where household.household_amount > 0

),

payment as (

    select
        payment.benefit                                as category,
        coalesce(payment.family_no, place.family_no)   as family_no,
        sum(payment.amount)                            as yuan,

    from core.payment as payment
    join temp.period as period on payment.month = period.month
    left join temp.place as place on place.person_id = payment.person_id
    where payment.benefit in ('dibao', 'dibao_edge', 'destitute', 'temporary')
    group by payment.benefit, coalesce(payment.family_no, place.family_no)

),

family as (

    select
        coalesce(roster.category, payment.category)  as category,
        roster.family_no is not null                 as is_listed,
        payment.category is not null                 as is_paid,
        roster.yuan                                  as roster_yuan,
        payment.yuan                                 as paid_yuan,

    from roster
    full join payment
        on payment.category = roster.category
        and payment.family_no = roster.family_no

)

select
    family.category,
    count(*) filter (where family.is_listed)                           as roster_families,
    coalesce(sum(family.roster_yuan), 0)                               as roster_yuan,
    nullif(count(*) filter (where family.is_paid), 0)                  as paid_families,
    sum(family.paid_yuan)                                              as paid_yuan,
    case when bool_or(family.is_paid) then concat_ws(
        '、',
        '在册未见发放 ' || nullif(count(*) filter (where not family.is_paid), 0) || ' 户',
        '发放而不在本类名册 ' || nullif(count(*) filter (where not family.is_listed), 0) || ' 户',
        '金额不同 ' || nullif(count(*) filter (where family.roster_yuan <> family.paid_yuan), 0) || ' 户'
    ) end                                                              as explained,

from family
group by family.category
