-- One row per change of a cell (category and town) by a family: what the checks add up, with the family's name.
-- A family that moves is in two cells: out of one, into the other. A family that stays is listed where its members or
-- its amount changed, or where the exit register has it though the roster still does. One that the month before had
-- otherwise until its roster was delivered again is listed too, and changes no cell.
with

line as (

    select
        move.family_no,
        move.head_person_id,
        move.move,
        '增加'                                        as direction,
        move.new_category                            as category,
        move.new_town                                as town,
        1                                            as households,
        move.new_members                             as people,
        move.new_amount                              as yuan,
        concat_ws(' ', label_of('category', move.old_category), move.old_town) as other_side,
        false                                        as has_exit_record,

    from temp.household_move as move
    where move.is_in

    union all

    select
        move.family_no,
        move.head_person_id,
        move.move,
        '减少',
        move.old_category,
        move.old_town,
        -1,
        -move.old_members,
        -move.old_amount,
        concat_ws(' ', label_of('category', move.new_category), move.new_town),
        move.has_exit_record,

    from temp.household_move as move
    where move.is_out

    union all

    select
        move.family_no,
        move.head_person_id,
        move.move,
        '在册',
        move.new_category,
        move.new_town,
        0,
        move.new_members - move.old_members,
        coalesce(move.new_amount, 0) - coalesce(move.old_amount, 0),
        null,
        move.has_exit_record,

    from temp.household_move as move
    where move.move = 'stays'
        and (
            move.new_members <> move.old_members
            or move.new_amount is distinct from move.old_amount
            or move.has_exit_record
        )

    union all

    select
        corrected.family_no,
        coalesce(corrected.head_person_id, place.head_person_id),
        'corrected',
        '更正',
        corrected.category,
        coalesce(corrected.town, place.town),
        0,
        0,
        0,
        concat_ws(
            ',',
            '更正前 ' || corrected.old_members || ' 人 ' || coalesce(corrected.old_amount || ' 元', '金额不明'),
            '更正后 ' || corrected.new_members || ' 人 ' || coalesce(corrected.new_amount || ' 元', '金额不明')
        ),
        false,

    from temp.corrected_family as corrected
    join temp.period as period on period.is_delivered
    left join temp.family_place as place on place.family_no = corrected.family_no
    where corrected.correction is not null

)

select
    row_number() over (
        order by line.category nulls last, line.town nulls last, line.direction desc, line.move, line.family_no
    )                                                              as number,
    line.*,
    case
        when line.move = 'corrected' then '上月名册更正:' || (
            select corrected.correction from temp.corrected_family as corrected where corrected.family_no = line.family_no
        )
        when line.move <> 'stays' then label_of('move', line.move || if(line.households > 0, '_in', '_out'))
        else concat_ws(
            '、',
            case when line.people > 0 then '成员增加' when line.people < 0 then '成员减少' end,
            case when line.yuan > 0 then '金额调增' when line.yuan < 0 then '金额调减' end,
            case when line.has_exit_record then '有退出登记,仍在册' end
        )
    end                                                            as move_label,

from line
