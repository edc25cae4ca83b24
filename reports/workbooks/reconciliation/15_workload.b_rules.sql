-- title: 各规则
-- note: 每一事项只计一次。新列:数据截至的当月首次列出。试运行:答复还不够多,或属实比例还不够高。
with

first_seen as (

    select finding_history.finding_id, min(finding_history.changed_at) as first_seen
    from mart.finding_history as finding_history
    group by finding_history.finding_id

),

-- Where the rule's matters begin on the sheet that lists them (in the order of 缺口 and 核实).
listed as (

    select placed.rule, placed.kind, min(placed.number) as first_number
    from (
        select
            subject.rule,
            subject.kind,
            row_number() over (
                partition by subject.kind
                order by subject.clause, subject.rule, subject.town, subject.subject_family, subject.finding_id
            ) as number,

        from temp.subject as subject
    ) as placed
    group by placed.rule, placed.kind

)

select
    coalesce(subject.rule_title, subject.rule)                  as rule_title,
    label_of('kind', subject.kind)                              as kind_label,
    label_of('department', subject.lead_department)             as lead_label,
    count(*)                                                    as open_findings,
    count(*) filter (where first_seen.first_seen >= date_trunc('month', subject.as_of))  as fresh_findings,
    if(coalesce(any_value(precision.on_trial), true), '试运行', '已达标')  as trial_label,
    if(subject.kind = 'supportive', '缺口', '核实')               as detail,
    any_value(listed.first_number)                              as detail__row,

from temp.subject as subject
left join first_seen on first_seen.finding_id = subject.finding_id
left join mart.rule_precision as precision
    on precision.rule = subject.rule
    and precision.dimension = 'all'
left join listed
    on listed.rule = subject.rule
    and listed.kind = subject.kind
where subject.is_open
group by subject.rule, subject.rule_title, subject.kind, subject.lead_department
order by kind_label desc, open_findings desc, rule_title
