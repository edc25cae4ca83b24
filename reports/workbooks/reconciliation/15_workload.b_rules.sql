-- title: 各规则
-- note: 每一事项只计一次。新列:数据截至的当月首次列出。
with

first_seen as (

    select finding_history.finding_id, min(finding_history.changed_at) as first_seen
    from mart.finding_history as finding_history
    group by finding_history.finding_id

)

select
    coalesce(subject.rule_title, subject.rule)                  as rule_title,
    label_of('kind', subject.kind)                              as kind_label,
    label_of('department', subject.lead_department)             as lead_label,
    count(*)                                                    as open_findings,
    count(*) filter (where first_seen.first_seen >= date_trunc('month', subject.as_of))  as fresh_findings,

from temp.subject as subject
left join first_seen on first_seen.finding_id = subject.finding_id
where subject.is_open
group by all
order by kind_label desc, open_findings desc, rule_title
