-- tab: 家庭
-- shape: text
-- title: 一户一档 · {family_no} · {month_label}
-- note: 供承办人了解一户的全部情况。只列数据里看得到的;没有交来的数据是“不知道”,不是“没有”。
with

family as (

    select dossier_family.*
    from temp.dossier_family as dossier_family
    join temp.context as context on context.family_no = dossier_family.family_no

),

line as (

    select 1 as position, '家庭编号' as item, family.family_no as meaning from family
    union all
    select 2, '救助类别', label_of('category', family.category) from family
    union all
    select 3, '致困原因', coalesce(label_of('cause', family.cause), '未登记') from family
    union all
    select 4, '区镇、村(社区)', concat_ws(' ', family.town, family.community) from family
    union all
    select 5, '在册人数', family.members::varchar from family
    union all
    select 6, '家庭月保障金(元)', coalesce(family.household_amount::varchar, '未登记') from family
    union all
    select 7, '享受起始日期', coalesce(family.helped_since::varchar, '未登记') from family
    union all
    select 8, '依据的花名册', strftime(family.month, '%Y-%m') from family
    union all
    select 9, '待办事项', concat('缺口 ', family.open_supportive, ' 条,核实 ', family.open_adverse, ' 条') from family
    union all
    select 10, '一对一联系人', coalesce(family.contact, '(请填写)') from family
    union all
    select 11, '最近走访日期', coalesce(family.last_visited_on::varchar, '没有走访记录') from family

)

select
    line.item,
    line.meaning,

from line
order by line.position
