-- One row per category and family of the month: what the roster promises against what was paid of the same benefit.
-- A payment without a family number belongs to the family the person was last listed in.
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

)

select
    coalesce(roster.category, payment.category)    as category,
    coalesce(roster.family_no, payment.family_no)  as family_no,
    roster.family_no is not null                   as is_listed,
    payment.category is not null                   as is_paid,
    roster.yuan                                    as roster_yuan,
    payment.yuan                                   as paid_yuan,

from roster
full join payment
    on payment.category = roster.category
    and payment.family_no = roster.family_no
