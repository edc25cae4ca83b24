-- tab: 金额差异
-- title: 金额差异 · {month_label}
-- note: “勾稽”里金额对不上的家庭。差异多由交付时间、补发或登记不全引起,请核对;不是应退应扣的数额。
select
    difference.number,
    difference.check_name,
    label_of('category', difference.category)  as category_label,
    family.town,
    difference.family_no,
    person.name,
    masked(person.id_no)                       as masked_number,
    difference.move_label,
    difference.left_value,
    difference.right_value,
    difference.left_value - difference.right_value  as difference,
    true                                       as money__row,

from temp.difference as difference
left join temp.family_place as family on family.family_no = difference.family_no
left join mart.person as person on person.person_id = family.head_person_id
order by difference.number
