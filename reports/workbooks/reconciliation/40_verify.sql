-- tab: 核实
-- title: 核实 · {month_label}
-- note: 需要核实的事项,身份均为“确定”。这里只提出问题,核实并听取本人意见之前不作任何处理。
select
    row_number() over (order by subject.clause, subject.rule, subject.town, subject.subject_family, subject.finding_id)
                                                                            as number,
    coalesce(subject.rule_title, subject.rule)                              as rule_title,
    subject.clause,
    label_of('condition', subject.condition)                                as condition_label,
    subject.subject_name                                                    as name,
    masked(subject.subject_number)                                          as masked_number,
    subject.subject_family                                                  as family_no,
    subject.town,
    subject.community,
    subject.summary,
    subject.first_met_on,
    subject.amount,
    case when subject.national_bar then '已达到' when not subject.national_bar then '未达到' end as national_label,
    label_of('identity', subject.identity)                                  as identity_label,
    subject.state,
    label_of('department', subject.lead_department)                         as lead_label,
    fact_text.facts,

from temp.subject as subject
left join temp.fact_text as fact_text on fact_text.finding_id = subject.finding_id
where subject.kind = 'adverse'
order by number
