-- One row per category and town: people at the start + came − went against people at the end.
-- The stock is the sum of members in mart.household, the moves come from the roster's own rows.
with

opening as (

    select household.category, household.town, sum(household.members) as people
    from mart.household as household
    join temp.period as period on household.month = period.previous_month
    where period.is_delivered
    group by household.category, household.town

),

closing as (

    select household.category, household.town, sum(household.members) as people
    from mart.household as household
    join temp.period as period on household.month = period.month
    where period.previous_month is not null
    group by household.category, household.town

),

came as (

    select
        move.new_category                                as category,
        move.new_town                                    as town,
        count(*)                                         as people,
        count(*) filter (where move.move = 'new')        as new_ones,
        count(*) filter (where move.move = 'back')       as back,
        count(*) filter (where move.move = 'other_family') as other_family,
        count(*) filter (where move.move like 'moved_%') as moved,

    from temp.person_move as move
    where move.is_in
    group by move.new_category, move.new_town

),

went as (

    select
        move.old_category                                as category,
        move.old_town                                    as town,
        count(*)                                         as people,
        count(*) filter (where move.move = 'exit')       as exits,
        count(*) filter (where move.move = 'other_family') as other_family,
        count(*) filter (where move.move like 'moved_%') as moved,

    from temp.person_move as move
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
    coalesce(opening.people, 0)  as opening,
    coalesce(came.people, 0)     as added,
    coalesce(went.people, 0)     as removed,
    coalesce(closing.people, 0)  as closing,
    concat_ws(
        '、',
        case when came.new_ones > 0 then '新增 ' || came.new_ones end,
        case when came.back > 0 then '恢复 ' || came.back end,
        case when came.other_family > 0 then '由别户来 ' || came.other_family end,
        case when came.moved > 0 then '转入 ' || came.moved end,
        case when went.exits > 0 then '离开 ' || went.exits end,
        case when went.other_family > 0 then '往别户去 ' || went.other_family end,
        case when went.moved > 0 then '转出 ' || went.moved end
    )                            as explained,

from cell
left join opening on opening.category is not distinct from cell.category and opening.town is not distinct from cell.town
left join closing on closing.category is not distinct from cell.category and closing.town is not distinct from cell.town
left join came on came.category is not distinct from cell.category and came.town is not distinct from cell.town
left join went on went.category is not distinct from cell.category and went.town is not distinct from cell.town
