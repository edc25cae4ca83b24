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
    select 7, '依据的花名册', strftime(family.month, '%Y-%m') from family
    union all
    select 8, '一对一联系人', '(请填写)'

)

select
    line.item,
    line.meaning,

from line
order by line.position
