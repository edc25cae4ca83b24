-- tab: 措施
-- title: 各项措施 · {family_no}
-- note: “有待办”见“事项”;“未列出”表示现有数据没有显示缺口;没有运行的规则注明“待建”或“数据不能判断”,由承办人核对。
select
    rule.clause,
    rule.title                                       as rule_title,
    case
        when rule.status in ('planned', 'not_from_data') then label_of('rule_status', rule.status)
        when count(subject.finding_id) > 0 then '有待办'
        else '未列出'
    end                                              as measure_label,
    count(subject.finding_id)                        as open_findings,
    rule.asks,

from policy.rule as rule
cross join temp.context as context
left join temp.subject as subject
    on subject.rule = rule.rule
    and subject.subject_family = context.family_no
    and subject.kind = 'supportive'
    and subject.is_open
where rule.kind = 'supportive'
group by rule.rule, rule.clause, rule.title, rule.status, rule.asks
order by rule.clause, rule.rule
