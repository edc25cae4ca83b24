-- title: 本月家庭进出
-- note: 从上月户数到本月户数;类别、区镇之间的转移不改变总户数,不在图中。纵轴不从零开始。
-- chart: waterfall
with

move as (

    select
        count(*) filter (where household_move.old_category is not null or household_move.old_members is not null)
                                                                                           as opening,
        count(*) filter (where household_move.move = 'new')                                as new_ones,
        count(*) filter (where household_move.move = 'back')                               as back,
        count(*) filter (where household_move.move = 'renumbered' and household_move.is_in)
            - count(*) filter (where household_move.move = 'renumbered' and household_move.is_out)
                                                                                           as renumbered,
        count(*) filter (where household_move.move = 'exit')                               as exits,

    from temp.household_move as household_move
    having count(*) > 0

),

step as (

    select 1 as position, '上月' as step_label, 0 as start, move.opening as change, true as is_level from move
    union all
    select 2, '新增', move.opening, move.new_ones, false from move
    union all
    select 3, '恢复', move.opening + move.new_ones, move.back, false from move
    union all
    select 4, '换户号、分户', move.opening + move.new_ones + move.back, move.renumbered, false from move
    union all
    select 5, '退出', move.opening + move.new_ones + move.back + move.renumbered, -move.exits, false from move
    union all
    select 6, '本月', 0, move.opening + move.new_ones + move.back + move.renumbered - move.exits, true from move

)

select
    step.step_label,
    case when step.is_level then 0 else least(step.start, step.start + step.change) end  as base_figure,
    case when step.is_level then step.change else 0 end                                  as level_figure,
    case when step.is_level then 0 else greatest(step.change, 0) end                     as up_figure,
    case when step.is_level then 0 else greatest(-step.change, 0) end                    as down_figure,

from step
order by step.position
