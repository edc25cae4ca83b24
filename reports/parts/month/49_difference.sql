-- One row per family behind an amount check of the month that does not come out even. Payments of a category that
-- was not delivered at all leave nothing to compare.
with

delivered as (

    select distinct payment_match.category from temp.payment_match as payment_match where payment_match.is_paid

),

uneven as (

    select
        1                         as check_order,
        '本人金额之和与家庭金额'    as check_name,
        member_amount.category,
        member_amount.family_no,
        '两数不等'                 as move_label,
        member_amount.members_yuan    as left_value,
        member_amount.household_yuan  as right_value,

    from temp.member_amount as member_amount
    where member_amount.is_known
        and member_amount.members_yuan <> member_amount.household_yuan

    union all

    select
        2,
        '花名册与发放',
        payment_match.category,
        payment_match.family_no,
        case
            when not payment_match.is_paid then '在册未见发放'
            when not payment_match.is_listed then '发放而不在本类名册'
            else '金额不同'
        end,
        payment_match.roster_yuan,
        payment_match.paid_yuan,

    from temp.payment_match as payment_match
    semi join delivered on delivered.category = payment_match.category
    where not payment_match.is_paid
        or not payment_match.is_listed
        or payment_match.roster_yuan <> payment_match.paid_yuan

)

select
    row_number() over (
        order by uneven.check_order, uneven.category, uneven.move_label, uneven.family_no nulls last
    )  as number,
    uneven.*,

from uneven
