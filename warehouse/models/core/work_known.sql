-- One row: may "not in work" be said at all (is_known: an office delivered contributions or employments), and what of
-- it is unknown, in words for the official (note, empty where nothing is missing).
with

figure as (

    select
        (select max(month) from core.contribution_month) as contribution_month,
        date_trunc('month', as_of + interval 1 day)::date - interval 1 month as complete_month,
        exists (select 1 from linked.contributions) as has_contributions,
        exists (select 1 from linked.employment) as has_employment,
    from run.context

)

select
    has_contributions or has_employment as is_known,
    contribution_month,
    concat(
        case when not has_employment then '就业登记从未收到。' end,
        case
            when not has_contributions then '缴费数据从未收到。'
            when contribution_month < complete_month
                then concat('缴费数据到 ', strftime(contribution_month, '%Y-%m'), '，之后的月份未知。')
        end
    ) as note,

from figure
