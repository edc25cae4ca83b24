-- One row per person and department: the latest row that department delivered of them, and its own writing.
select
    written_row.department,
    written_row.person_id,
    max(written_row.row_id)                                    as row_id,
    arg_max(written_row.source_file, written_row.row_id)       as source_file,
    arg_max(written_row.sheet, written_row.row_id)             as sheet,
    arg_max(written_row.source_row, written_row.row_id)        as source_row,
    arg_max(written_row.name, written_row.row_id)              as name,
    arg_max(written_row.id_no, written_row.row_id)             as id_no,
    arg_max(written_row.sex, written_row.row_id)               as sex,
    arg_max(written_row.birth_date, written_row.row_id)        as birth_date,

from temp.written_row as written_row
group by written_row.department, written_row.person_id
