-- tab: 数据质量
-- title: 数据质量 · {department_label} · {month_label}
-- note: 贵单位交来的数据里读不出、未收下或号码有缺损的行,同类多的排在前面。按“怎样改”更正后重新交来即可,不必逐条答复。
with

cause as (

    select
        problem.*,
        count(*) over (partition by problem.problem) as same_cause,

    from temp.problem as problem

)

select
    row_number() over (
        order by cause.same_cause desc, cause.problem, cause.source_file, cause.sheet, cause.source_row
    )                                            as number,
    cause.problem,
    cause.same_cause,
    coalesce(contract.title, cause.source_table) as table_title,
    cause.source_file,
    cause.sheet,
    cause.source_row,
    cause.column_name                            as printed_heading,
    cause.remedy,

from cause
left join raw.contract as contract on contract.source_table = cause.source_table
order by number
