-- What became of a file's rows, in lines for its receipt.
with

counted as (

    select
        count(*) filter (outcome = 'applied')    as applied,
        count(*) filter (outcome = 'repeated')   as repeated,
        count(*) filter (outcome = 'unanswered') as unanswered,
        count(*) filter (outcome = 'returned')   as returned,

    from answers.returned_row
    where file_id = $file_id

)

select '已登记', applied || ' 行' from counted
union all
select '以前登记过或重复', repeated || ' 行,没有重复计入' from counted
union all
select '没有填写', unanswered || ' 行' from counted
union all
select '退回', returned || ' 行,原因见“需要处理的行”' from counted
union all
select
    '工作日的算法',
    case
        when exists (select 1 from policy.holiday_arrangement) then '扣除周末和已设定的节假日,计入调休上班日'
        else '只扣除周六、周日(没有设定节假日安排)'
    end
