-- tab: 事项
-- title: 待办事项 · {family_no}
-- note: 先列缺口,后列需要核实的。只提出问题,核实并听取本人意见之前不作任何处理。
select
    row_number() over (order by flag.kind = 'adverse', flag.clause, flag.finding_id)  as number,
    label_of('kind', flag.kind)               as kind_label,
    subject.rule_title,
    flag.clause,
    label_of('condition', flag.condition)     as condition_label,
    subject.subject_name                      as name,
    flag.summary,
    fact_text.facts,
    flag.first_met_on,
    flag.amount,
    label_of('identity', flag.identity)       as identity_label,
    flag.state,
    label_of('department', subject.lead_department) as lead_label,

from mart.dossier_flag as flag
join temp.context as context on context.family_no = flag.family_no
join temp.subject as subject on subject.finding_id = flag.finding_id
left join temp.fact_text as fact_text on fact_text.finding_id = flag.finding_id
order by number
