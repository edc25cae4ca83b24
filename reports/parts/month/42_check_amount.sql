-- One row per category and town: yuan at the start + came and raised − went and cut against yuan at the end.
-- Stocks are taken from the roster's rows (one amount a family), moves from core.household. An amount that is
-- not known counts as nothing on both sides, and the line says how many families that concerns.
with

family_amount as (

    select
        roster.month,
        roster.family_no,
        max(roster.household_amount) as amount,
        max(roster.household_amount) <> min(roster.household_amount) as rows_differ,

    from core.roster as roster
    join temp.period as period on roster.month in (period.month, period.previous_month)
    group by roster.month, roster.family_no

),

stock as (

    select
        household.category,
        household.town,
        sum(family_amount.amount) filter (where household.month = period.previous_month)  as opening,
        sum(family_amount.amount) filter (where household.month = period.month)           as closing,
        count(*) filter (where family_amount.amount is null)                              as unknown_families,
        count(*) filter (where family_amount.rows_differ)                                 as differing_families,

    from mart.household as household
    join temp.period as period on household.month in (period.month, period.previous_month)
    join family_amount
        on family_amount.family_no = household.family_no
        and family_amount.month = household.month
    where period.is_delivered and period.previous_month is not null
    group by household.category, household.town

),

came as (

    select
        move.new_category    as category,
        move.new_town        as town,
        sum(move.new_amount) as yuan,

    from temp.household_move as move
    where move.is_in
    group by move.new_category, move.new_town

),

went as (

    select
        move.old_category    as category,
        move.old_town        as town,
        sum(move.old_amount) as yuan,

    from temp.household_move as move
    where move.is_out
    group by move.old_category, move.old_town

),

change as (

    select
        move.new_category as category,
        move.new_town     as town,
        sum(greatest(coalesce(move.new_amount, 0) - coalesce(move.old_amount, 0), 0)) as raised,
        sum(greatest(coalesce(move.old_amount, 0) - coalesce(move.new_amount, 0), 0)) as cut,

    from temp.household_move as move
    where move.move = 'stays'
    group by move.new_category, move.new_town

)

select
    stock.category,
    stock.town,
    coalesce(stock.opening, 0)                                as opening,
    coalesce(came.yuan, 0) + coalesce(change.raised, 0)       as added,
    coalesce(went.yuan, 0) + coalesce(change.cut, 0)          as removed,
    coalesce(stock.closing, 0)                                as closing,
    concat_ws(
        '、',
        case when came.yuan > 0 then '进入 ' || came.yuan end,
        case when change.raised > 0 then '调增 ' || change.raised end,
        case when went.yuan > 0 then '离开 ' || went.yuan end,
        case when change.cut > 0 then '调减 ' || change.cut end,
        case when stock.unknown_families > 0 then '金额不明(两月合计) ' || stock.unknown_families || ' 户次,未计' end,
        case when stock.differing_families > 0
            then '同户各行金额不一致 ' || stock.differing_families || ' 户次' end
    )                                                         as explained,

from stock
left join came on came.category is not distinct from stock.category and came.town is not distinct from stock.town
left join went on went.category is not distinct from stock.category and went.town is not distinct from stock.town
left join change on change.category is not distinct from stock.category and change.town is not distinct from stock.town
