-- tab: 事项
-- title: 待办事项 · {family_no}
-- note: 先列缺口,后列需要核实的。只提出问题,核实并听取本人意见之前不作任何处理。
select
    row_number() over (order by subject.kind = 'adverse', subject.clause, subject.finding_id)  as number,
    label_of('kind', subject.kind)            as kind_label,
    subject.rule_title,
    subject.clause,
    label_of('condition', subject.condition)  as condition_label,
    subject.subject_name                      as name,
    subject.summary,
    fact_text.facts,
    subject.first_met_on,
    subject.amount,
    label_of('identity', subject.identity)    as identity_label,
    subject.state,
    label_of('department', subject.lead_department) as lead_label,

from temp.subject as subject
join temp.context as context on context.family_no = subject.subject_family
left join temp.fact_text as fact_text on fact_text.finding_id = subject.finding_id
where subject.is_open
order by number
