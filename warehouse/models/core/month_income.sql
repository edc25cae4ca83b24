-- One row per person ever helped and month in which they were in paid work: what they earned in that month.
-- The registered wages speak; contribution bases only where no wage is given. NULL: in work, income unknown.
-- For supportive rules: probable links count, certain says whether all were certain.
with

counted as (

    select
        *,
        bool_or(source = 'employment' and income is not null) over person_month = (source = 'employment')
            or bool_and(income is null) over person_month as is_counted,

    from core.earning
    window person_month as (partition by person_id, month)

)

select
    person_id,
    month,
    sum(income)        as income,
    bool_and(certain)  as certain,
    list(struct_pack(
        row_id := row_id,
        event_date := event_date,
        what := if(source = 'employment', '就业登记', '社会保险缴费')
    ) order by source, row_id) as facts,

from counted
where is_counted
group by person_id, month
