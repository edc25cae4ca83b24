-- tab: 成员
-- title: 家庭成员 · {family_no}
-- note: 按花名册。证件号码只显示前六位和后四位。
select
    row_number() over (order by member.relation is distinct from 'head', person.birth_date, member.person_id)
                                                as number,
    person.name,
    masked(person.id_no)                        as masked_number,
    label_of('relation', member.relation)       as relation_label,
    label_of('sex', person.sex)                 as sex,
    person.birth_date,
    label_of('capacity', member.labour_capacity) as capacity_label,
    label_of('care', member.care_need)          as care_label,
    member.helped_since,
    member.person_amount                        as person_yuan,

from mart.dossier_member as member
join temp.context as context on context.family_no = member.family_no
left join mart.person as person on person.person_id = member.person_id
order by number
