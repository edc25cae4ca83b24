-- tab: 工作量
-- title: 工作量 · {month_label}
-- note: 本月各部门清单上的件数,供负责人安排人手。同一事项送几个部门就计几次,各部门之和可大于事项数;请于 {due_label} 前答复。
with

department as (

    select distinct contract.department from raw.contract as contract

),

matter as (

    select
        addressed.department,
        count(*) filter (where subject.kind = 'supportive')   as supportive_open,
        count(*) filter (where subject.kind = 'adverse')      as adverse_open,
        count(*) filter (where subject.state = '已通知')       as state_notified,
        count(*) filter (where subject.state = '已答复')       as state_answered,

    from temp.addressed as addressed
    join temp.subject as subject on subject.finding_id = addressed.finding_id
    group by addressed.department

),

question as (

    select question.department, count(*) as questions_open from temp.question as question group by question.department

),

problem as (

    select data_quality.department, count(*) as problems_open
    from mart.data_quality as data_quality
    group by data_quality.department

)

select
    label_of('department', department.department)  as department_label,
    coalesce(matter.supportive_open, 0)            as supportive_open,
    coalesce(matter.adverse_open, 0)               as adverse_open,
    coalesce(question.questions_open, 0)           as questions_open,
    coalesce(matter.supportive_open, 0) + coalesce(matter.adverse_open, 0) + coalesce(question.questions_open, 0)
                                                   as work_total,
    coalesce(matter.state_notified, 0)             as state_notified,
    coalesce(matter.state_answered, 0)             as state_answered,
    coalesce(problem.problems_open, 0)             as problems_open,

from department
left join matter on matter.department = department.department
left join question on question.department = department.department
left join problem on problem.department = department.department
order by work_total desc, department_label
