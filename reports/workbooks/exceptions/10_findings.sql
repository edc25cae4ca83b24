-- tab: {tab}
-- title: {rule_title}({kind_label})· {department_label} · {month_label}
-- note: {asks} 规则 {rule} · 条款 {clause} · 请于 {due_label} 前答复(签发后十个工作日,只扣除周末,节假日顺延)。
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
    null                                                                as answer_notified_on,
    null                                                                as answer_replied_on,
    null                                                                as answer_by,
    null                                                                as answer_remark,
    exception.finding_id                                                as token_finding,

from temp.exception as exception
cross join temp.context as context
where exception.rule = context.rule
    and exception.kind = context.kind
order by number
