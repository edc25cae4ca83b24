-- tab: 人员变动
-- title: 人员变动 · {month_label}
-- note: 与花名册已交付的上一个月逐人比较,“勾稽”里人员的增减由此相加而得。类别、区镇或家庭之间转移的,两边各列一行。
select
    line.number,
    label_of('category', line.category)        as category_label,
    coalesce(line.town, '未登记')               as town,
    line.direction,
    line.move_label,
    line.family_no,
    person.name,
    masked(person.id_no)                       as masked_number,
    line.people                                as people_change,
    case when line.move = 'exit' then if(line.has_exit_record, '有', '无') end  as exit_recorded,

from temp.person_line as line
left join mart.person as person on person.person_id = line.person_id
order by line.number
