-- tab: 家庭变动
-- title: 家庭变动 · {month_label}
-- note: 与花名册已交付的上一个月逐户比较,“勾稽”里家庭和金额的增减由此相加而得。类别或区镇之间转移的,两边各列一行;“更正”是上月名册重新交付带来的,不计入增减。
select
    line.number,
    label_of('category', line.category)        as category_label,
    coalesce(line.town, '未登记')               as town,
    line.direction,
    line.move_label,
    line.family_no,
    person.name,
    masked(person.id_no)                       as masked_number,
    nullif(line.other_side, '')                as other_side,
    line.households                            as households_change,
    line.people                                as people_change,
    line.yuan                                  as yuan_change,
    case when line.move = 'exit' then if(line.has_exit_record, '有', '无') end  as exit_recorded,

from temp.household_line as line
left join mart.person as person on person.person_id = line.head_person_id
order by line.number
