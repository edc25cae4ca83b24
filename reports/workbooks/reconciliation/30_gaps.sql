-- tab: 缺口
-- title: 缺口 · {month_label}
-- note: 该帮而可能没帮到、没帮够的。身份为“可能”的,请先核对是否本人。
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
    label_of('identity', subject.identity)                                  as identity_label,
    subject.state,
    label_of('department', subject.lead_department)                         as lead_label,
    fact_text.facts,

from temp.subject as subject
left join temp.fact_text as fact_text on fact_text.finding_id = subject.finding_id
where subject.kind = 'supportive'
order by number
