-- tab: 部门记录
-- title: 各部门的记录 · {family_no}
-- note: 各部门知道这户成员的什么,最近一次何时,出自哪个文件哪一行。就医情况只说有无,不转内容。
select
    person.name,
    label_of('department', known.department)       as department_label,
    coalesce(contract.title, known.source_table)   as table_title,
    known.what,
    known.event_date,
    known.row_count,
    known.source_file,
    known.sheet,
    known.source_row,

from mart.dossier_known as known
join temp.context as context on context.family_no = known.family_no
left join mart.person as person on person.person_id = known.person_id
left join raw.contract as contract on contract.source_table = known.source_table
order by person.birth_date, known.person_id, known.department, known.source_table, known.what
