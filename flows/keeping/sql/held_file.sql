-- One row per returned workbook that held a row about the person.
select distinct
    file.sha256,
    file.source_file,

from answers.returned_row as returned
join answers.file as file
    on file.file_id = returned.file_id
left join findings.known as known
    on known.finding_id = returned.row_key

where known.person_id = $person
    or returned.row_key = $person
    or split_part(returned.row_key, '.', 3) = $person

order by file.source_file
