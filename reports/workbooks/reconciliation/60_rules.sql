-- tab: 规则目录
-- title: 规则目录
-- note: 目录由规则本身生成。状态为“以表列出”的,结果在所说的表里,不逐条列出;“待建”或“数据不能判断”的规则没有运行,不表示没有问题。
select
    rule.clause,
    rule.title                                                      as rule_title,
    rule.rule                                                       as rule_key,
    label_of('kind', rule.kind)                                     as kind_label,
    label_of('rule_status', rule.status)                            as rule_status_label,
    label_of('department', rule.lead_department)                    as lead_label,
    (
        select string_agg(label_of('department', recipient.unnest), '、')
        from unnest(rule.recipients) as recipient
    )                                                               as recipient_labels,
    rule.asks,
    (
        select count(*)
        from temp.subject as subject
        where subject.rule = rule.rule and subject.is_open
    )                                                               as open_findings,
    (
        select string_agg(distinct coalesce(parameter.label, parameter.name), '、')
        from policy.parameter as parameter
        where list_contains(rule.uses, parameter.name) and not parameter.is_set
    )                                                               as unset_parameters,
    rule.reason,
    rule.version,

from policy.rule as rule
order by rule.kind = 'adverse', rule.clause, rule.rule
