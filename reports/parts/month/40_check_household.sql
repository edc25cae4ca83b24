-- One row per category and town: households at the start + came − went against households at the end.
-- The stock comes from mart.household, the moves from core.household.
with

opening as (

    select household.category, household.town, count(*) as households
    from mart.household as household
    join temp.period as period on household.month = period.previous_month
    where period.is_delivered
    group by household.category, household.town

),

closing as (

    select household.category, household.town, count(*) as households
    from mart.household as household
    join temp.period as period on household.month = period.month
    where period.previous_month is not null
    group by household.category, household.town

),

came as (

    select
        move.new_category                                                     as category,
        move.new_town                                                         as town,
        count(*)                                                              as households,
        count(*) filter (where move.move = 'new')                             as new_ones,
        count(*) filter (where move.move = 'back')                            as back,
        count(*) filter (where move.move = 'renumbered')                      as renumbered,
        count(*) filter (where move.move in ('moved_category', 'moved_town')) as moved,

    from temp.household_move as move
    where move.is_in
    group by move.new_category, move.new_town

),

went as (

    select
        move.old_category                                                     as category,
        move.old_town                                                         as town,
        count(*)                                                              as households,
        count(*) filter (where move.move = 'exit')                            as exits,
        count(*) filter (where move.move = 'renumbered')                      as renumbered,
        count(*) filter (where move.move in ('moved_category', 'moved_town')) as moved,

    from temp.household_move as move
    where move.is_out
    group by move.old_category, move.old_town

),

cell as (

    select category, town from opening
    union
    select category, town from closing
    union
    select category, town from came
    union
    select category, town from went

)

select
    cell.category,
    cell.town,
    coalesce(opening.households, 0)  as opening,
    coalesce(came.households, 0)     as added,
    coalesce(went.households, 0)     as removed,
    coalesce(closing.households, 0)  as closing,
    concat_ws(
        '、',
        case when came.new_ones > 0 then '新增 ' || came.new_ones end,
        case when came.back > 0 then '恢复 ' || came.back end,
        case when came.renumbered > 0 then '换户号进 ' || came.renumbered end,
        case when came.moved > 0 then '转入 ' || came.moved end,
        case when went.exits > 0 then '退出 ' || went.exits end,
        case when went.renumbered > 0 then '换户号出 ' || went.renumbered end,
        case when went.moved > 0 then '转出 ' || went.moved end
    )                                as explained,

from cell
left join opening on opening.category is not distinct from cell.category and opening.town is not distinct from cell.town
left join closing on closing.category is not distinct from cell.category and closing.town is not distinct from cell.town
left join came on came.category is not distinct from cell.category and came.town is not distinct from cell.town
left join went on went.category is not distinct from cell.category and went.town is not distinct from cell.town
