-- tab: 规则目录
-- title: 规则目录
-- note: 目录由规则本身生成。状态为“以表列出”的,结果在所说的表里,不逐条列出;“待建”或“数据不能判断”的规则没有运行,不表示没有问题。“试运行”:答复还不够多,或属实比例还不够高。
select
    rule.title                                                      as rule_title,
    rule.rule                                                       as rule_key,
    rule.clause,
    label_of('kind', rule.kind)                                     as kind_label,
    (
        select string_agg(
            label_of('department', recipient.unnest), '、' order by label_of('department', recipient.unnest)
        )
        from unnest(rule.recipients) as recipient
    )                                                               as recipient_labels,
    label_of('department', rule.lead_department)                    as lead_label,
    rule.asks,
    label_of('rule_status', if(precision.on_trial, 'trial', rule.status))  as rule_status_label,
    nullif(precision.answered, 0)                                   as answered_findings,
    precision.true_share,
    (
        select count(*)
        from temp.subject as subject
        where subject.rule = rule.rule and subject.is_open
    )                                                               as open_findings,
    (
        select string_agg(
            distinct coalesce(parameter.label, parameter.name), '、' order by coalesce(parameter.label, parameter.name)
        )
        from policy.parameter as parameter
        where list_contains(rule.uses, parameter.name) and not parameter.is_set
    )                                                               as unset_parameters,
    rule.reason,
    rule.version,

from policy.rule as rule
left join mart.rule_precision as precision
    on precision.rule = rule.rule
    and precision.dimension = 'all'
order by rule.kind = 'adverse', rule.clause, rule.rule
