-- One row per returned workbook taken in on or before the last day, where no finding it answers is still in question.
select file.sha256
from answers.file as file
where file.status = 'read'
    and file.received_on <= $last_day
    and not exists (
        select 1
        from answers.finding_answer as answer
        join findings.known as known
            on known.finding_id = answer.finding_id
        where answer.file_id = file.file_id
            and known.is_present
            and known.settled_on is null
    )
order by file.sha256
