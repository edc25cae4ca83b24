-- tab: {tab}
-- title: {rule_title}({kind_label}) · {department_label} · {month_label}
-- note: {asks} 规则 {rule}{trial} · 条款 {clause} · 请于 {due_label} 前答复(已扣除周末和本地设定的节假日,没有设定的请顺延)。
-- Of earlier answers only state, days and reviewer are printed again: a free text was written for one department's eyes.
select
    row_number() over (order by exception.town, exception.community, exception.family_no, exception.finding_id)
                                                                        as number,
    exception.source_file,
    exception.sheet,
    exception.source_row,
    exception.name,
    exception.shown_number,
    exception.family_no,
    exception.town,
    exception.community,
    exception.condition_label,
    exception.summary,
    exception.facts,
    exception.clause,
    exception.first_met_on,
    exception.amount,
    exception.identity_label,
    context.due_on,
    exception.state                                                     as answer_state,
    null                                                                as answer_result,
    said.notified_on                                                    as answer_notified_on,
    said.replied_on                                                     as answer_replied_on,
    said.by_whom                                                        as answer_by,
    null                                                                as answer_remark,
    exception.finding_id                                                as token_finding,

from temp.exception as exception
cross join temp.context as context
left join answers.finding_standing as said on said.finding_id = exception.finding_id
where exception.rule = context.rule
    and exception.kind = context.kind
order by number
