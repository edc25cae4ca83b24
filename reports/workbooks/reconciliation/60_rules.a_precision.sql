-- title: 答复中属实的比例
-- note: 只列有答复的,按全部、区镇、性别、年龄段、残疾分列。答复不足或属实比例低的记“试运行”。底色的行涉及的条数少,不得外传。
-- empty: 还没有属实或不属实的答复
select
    coalesce(rule.title, precision.rule)              as rule_title,
    label_of('dimension', precision.dimension)        as dimension_label,
    label_of('member', precision.member)              as member_label,
    precision.answered                                as answered_findings,
    precision.found_true                              as true_findings,
    precision.true_share                              as true_share,
    if(precision.on_trial, '试运行', '已达标')          as trial_label,
    precision.suppressed                              as answered_findings__mark,
    precision.suppressed                              as true_findings__mark,
    precision.suppressed                              as true_share__mark,

from mart.rule_precision as precision
left join policy.rule as rule on rule.rule = precision.rule
where precision.answered > 0
order by
    rule.kind = 'adverse', rule.clause, precision.rule,
    list_position(['all', 'town', 'sex', 'age_band', 'disability'], precision.dimension),
    precision.member
