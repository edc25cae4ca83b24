-- title: 各部门数据质量
-- note: 有问题的行:未收下、有格子读不出、关键字段重复或号码有缺损的行,占现行文件收到行数的比例。
-- chart: rates
with

received as (

    select delivery.department, sum(delivery.rows_loaded + delivery.rows_rejected) as row_count
    from raw.delivery as delivery
    where delivery.status = 'accepted'
    group by delivery.department

),

problem as (

    select
        data_quality.department,
        count(distinct (data_quality.delivery_id, data_quality.source_row))  as problem_rows,

    from mart.data_quality as data_quality
    join raw.delivery as delivery on delivery.delivery_id = data_quality.delivery_id
    where delivery.status = 'accepted'
    group by data_quality.department

)

select
    label_of('department', received.department)                               as department_label,
    coalesce(problem.problem_rows, 0) / nullif(received.row_count, 0)         as problem_rate,
    coalesce(problem.problem_rows, 0)                                         as problem_rows,
    received.row_count                                                        as received_rows,

from received
left join problem on problem.department = received.department
order by problem_rate desc nulls last, department_label
