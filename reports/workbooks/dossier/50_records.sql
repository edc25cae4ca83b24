-- tab: 部门记录
-- title: 各部门的记录 · {family_no}
-- note: 各部门的数据里有这户成员的几行;只说有无,不转内容。
select
    person.name,
    label_of('department', record.department)      as department_label,
    coalesce(contract.title, record.source_table)  as table_title,
    record.row_count,
    record.source_file,

from temp.dossier_member as member
join temp.context as context on context.family_no = member.family_no
join temp.dossier_record as record on record.person_id = member.person_id
left join mart.person as person on person.person_id = member.person_id
left join raw.contract as contract on contract.source_table = record.source_table
order by person.birth_date, member.person_id, record.department, record.source_table
