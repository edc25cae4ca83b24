-- One row per change of a cell (category and town) by a person: the names behind the head counts. Whoever moves is in
-- two cells.
with

line as (

    select
        move.person_id, move.family_no, move.move, '增加' as direction, move.new_category as category,
        move.new_town as town, 1 as people, null::boolean as has_exit_record,
    from temp.person_move as move
    where move.is_in

    union all

    select
        move.person_id, move.family_no, move.move, '减少', move.old_category, move.old_town, -1, move.has_exit_record,
    from temp.person_move as move
    where move.is_out

)

select
    row_number() over (
        order by line.category nulls last, line.town nulls last, line.direction desc, line.move, line.family_no,
            line.person_id
    )                                                                as number,
    line.*,
    label_of('move', line.move || if(line.people > 0, '_in', '_out'))  as move_label,

from line
