-- One row per night that returned workbooks came in, the last ten: what became of the files and of their rows.
with

row_outcome as (

    select
        returned_row.file_id,
        count(*) filter (where returned_row.outcome = 'applied') as applied,
        count(*) filter (where returned_row.outcome = 'returned') as handed_back,
        count(*) filter (where returned_row.outcome = 'repeated') as repeated,
        count(*) filter (where returned_row.outcome = 'unanswered') as unanswered
    from answers.returned_row as returned_row
    group by returned_row.file_id

)

select
    file.received_on,
    count(*) as files,
    count(*) filter (where file.status = 'refused') as refused,
    coalesce(sum(row_outcome.applied), 0) as applied,
    coalesce(sum(row_outcome.handed_back), 0) as handed_back,
    coalesce(sum(row_outcome.repeated), 0) as repeated,
    coalesce(sum(row_outcome.unanswered), 0) as unanswered

from answers.file as file
left join row_outcome
    on row_outcome.file_id = file.file_id
group by file.received_on
order by file.received_on desc
limit 10
