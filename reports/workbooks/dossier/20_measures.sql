-- tab: 措施
-- title: 各项措施 · {family_no}
-- note: 文件第三部分的每一项:应享未享、已享、不适用,还是不知道,以及凭什么。应享未享的详见“事项”。
select
    measure.clause,
    measure.title                                           as rule_title,
    label_of('measure_state', measure.measure_state)        as measure_label,
    measure.basis,
    measure.event_date,
    measure.open_findings,
    label_of('department', measure.department)              as department_label,
    measure.source_file,
    measure.source_row,

from mart.dossier_measure as measure
join temp.context as context on context.family_no = measure.family_no
order by
    case measure.measure_state when 'due' then 1 when 'unknown' then 2 when 'received' then 3 else 4 end,
    measure.clause,
    measure.rule
