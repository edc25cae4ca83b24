-- tab: 勾稽
-- title: 勾稽 · {month_label}
-- note: 左右两边分别计算。金额单位元。数据没有交来的记“未交付”,不按零算;上月名册事后更正的记“更正”;“不平”的行请按说明查找原因。
with

detail as (

    select 10 as position, line.category, coalesce(line.town, '未登记') as town, min(line.number) as number
    from temp.household_line as line
    where line.households <> 0
    group by line.category, coalesce(line.town, '未登记')

    union all

    select 5, null, null, min(line.number)
    from temp.household_line as line
    where line.move = 'corrected'
    having count(*) > 0

    union all

    select 20, line.category, coalesce(line.town, '未登记'), min(line.number)
    from temp.person_line as line
    group by line.category, coalesce(line.town, '未登记')

    union all

    select 30, line.category, coalesce(line.town, '未登记'), min(line.number)
    from temp.household_line as line
    where line.yuan <> 0
    group by line.category, coalesce(line.town, '未登记')

    union all

    select step.position, difference.category, null, min(difference.number)
    from temp.difference as difference
    join (values (1, 40), (2, 50), (2, 51)) as step(check_order, position) on step.check_order = difference.check_order
    group by step.position, difference.category

    union all

    select 60, null, null, min(line.number)
    from temp.person_line as line
    where line.move = 'exit'
    having count(*) > 0

),

corrected as (

    select
        count(family.old_members)                                      as old_families,
        coalesce(sum(family.old_members), 0)                           as old_people,
        coalesce(sum(family.old_amount), 0)                            as old_yuan,
        count(family.new_members)                                      as new_families,
        coalesce(sum(family.new_members), 0)                           as new_people,
        coalesce(sum(family.new_amount), 0)                            as new_yuan,
        '上月名册又有交付:' || concat_ws(
            '、',
            '补列 ' || nullif(count(*) filter (where family.correction = '补列'), 0) || ' 户',
            '删去 ' || nullif(count(*) filter (where family.correction = '删去'), 0) || ' 户',
            '改动 ' || nullif(count(*) filter (where family.correction like '%更正'), 0) || ' 户'
        )                                                              as explained,

    from temp.corrected_family as family
    having count(family.correction) > 0

),

line as (

    select 10 as position, '家庭:期初+增加-减少=期末' as check_name, '户' as unit, check_household.category, coalesce(check_household.town, '未登记') as town,
        null as item, check_household.opening, check_household.added, check_household.removed,
        '期初+增加-减少' as left_is,
        (check_household.opening + check_household.added - check_household.removed)::decimal(18, 2) as left_value,
        '期末(家庭表)' as right_is, check_household.closing::decimal(18, 2) as right_value, check_household.explained
    from temp.check_household as check_household

    union all

    select 20, '人员:期初+增加-减少=期末', '人', check_person.category, coalesce(check_person.town, '未登记'),
        null, check_person.opening, check_person.added, check_person.removed,
        '期初+增加-减少',
        check_person.opening + check_person.added - check_person.removed,
        '期末(家庭表人数)', check_person.closing, check_person.explained
    from temp.check_person as check_person

    union all

    select 30, '金额:期初+增加-减少=期末', '元', check_amount.category, coalesce(check_amount.town, '未登记'),
        null, check_amount.opening, check_amount.added, check_amount.removed,
        '期初+增加-减少',
        check_amount.opening + check_amount.added - check_amount.removed,
        '期末(花名册)', check_amount.closing, check_amount.explained
    from temp.check_amount as check_amount

    union all

    select 40, '花名册:本人金额之和=家庭金额', '元', check_member_amount.category, null,
        null, null, null, null,
        '本人月保障金之和', coalesce(check_member_amount.members_yuan, 0),
        '家庭月保障金之和', coalesce(check_member_amount.household_yuan, 0),
        concat_ws(
            '、',
            case when check_member_amount.unequal_families > 0
                then '两数不等 ' || check_member_amount.unequal_families || ' 户' end,
            case when check_member_amount.unknown_families > 0
                then '有金额空缺、未计入 ' || check_member_amount.unknown_families || ' 户' end
        )
    from temp.check_member_amount as check_member_amount

    union all

    select 50, '花名册与发放:户数', '户', check_payment.category, null,
        null, null, null, null,
        '花名册有金额的户', check_payment.roster_families,
        '当月发放到的户', check_payment.paid_families,
        coalesce(check_payment.explained, '当月没有这一项目的发放数据')
    from temp.check_payment as check_payment
    cross join temp.period as period
    where period.is_delivered

    union all

    select 51, '花名册与发放:金额', '元', check_payment.category, null,
        null, null, null, null,
        '花名册家庭月保障金', check_payment.roster_yuan,
        '当月发放金额', check_payment.paid_yuan,
        coalesce(check_payment.explained, '当月没有这一项目的发放数据')
    from temp.check_payment as check_payment
    cross join temp.period as period
    where period.is_delivered

    union all

    select 60, '离开花名册与退出名册', '人', null, null,
        null, null, null, null,
        '本月不在册的上月人员', check_exit.leavers,
        '其中退出名册有登记', check_exit.recorded_leavers,
        case when check_exit.leavers <> check_exit.recorded_leavers
            then '差额为没有退出登记的人员,请查是漏登还是漏报' end
    from temp.check_exit as check_exit

    union all

    select 70, '数据交付:收到行数=收下+未收下+跳过', '行', null, null,
        label_of('department', check_delivery.department) || ' ' || check_delivery.source_file
            || coalesce(' ' || check_delivery.sheet, ''),
        null, null, null,
        '文件行数', check_delivery.rows_in,
        '收下+未收下+跳过', check_delivery.loaded + check_delivery.rejected + check_delivery.skipped,
        '收下 ' || check_delivery.loaded || '、未收下 ' || check_delivery.rejected || '、跳过 ' || check_delivery.skipped
    from temp.check_delivery as check_delivery

    union all

    select
        5, '更正:上月期末与本月期初', change.unit, null, null, null, null, null, null,
        '更正前(上月期末)', change.old_value, '更正后(本月期初)', change.new_value, corrected.explained
    from corrected
    join temp.period as period on period.is_delivered
    cross join lateral (
        values
            ('户', corrected.old_families, corrected.new_families),
            ('人', corrected.old_people, corrected.new_people),
            ('元', corrected.old_yuan, corrected.new_yuan)
    ) as change(unit, old_value, new_value)

    union all

    select 1, '本月花名册', null, null, null, null, null, null, null, null, null, null, null,
        '本月或上月的花名册没有交来,家庭、人员、金额的变动无法核对'
    from temp.period as period
    where not period.is_delivered or period.previous_month is null

)

select
    row_number() over (
        order by line.position, line.category nulls last, line.town nulls last, line.item,
            list_position(['户', '人', '元'], line.unit)
    )                                                                                 as number,
    line.check_name,
    label_of('category', line.category)                                               as category_label,
    line.town,
    line.item,
    line.unit,
    line.opening,
    line.added,
    line.removed,
    line.left_is,
    line.left_value,
    line.right_is,
    line.right_value,
    line.left_value - line.right_value                                                as difference,
    case
        when line.position = 5 then '更正'
        when line.left_value is null or line.right_value is null then '未交付'
        when line.left_value = line.right_value then '平'
        else '不平'
    end                                                                               as balance,
    line.explained,
    case
        when line.position = 70 then '数据交付'
        when detail.number is null then null
        when line.position in (5, 10, 30) then '家庭变动'
        when line.position in (20, 60) then '人员变动'
        else '金额差异'
    end                                                                               as detail,
    detail.number                                                                     as detail__row,
    coalesce(line.unit = '元', false)                                                 as money__row,

from line
left join detail
    on detail.position = line.position
    and detail.category is not distinct from line.category
    and detail.town is not distinct from line.town
order by number
