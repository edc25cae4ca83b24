-- One row per returned row that somebody should look at: handed back first, then what was there already.
select
    row_number() over (order by back.outcome <> 'returned', back.sheet_no, back.source_row)  as number,
    case back.outcome when 'returned' then '退回' else '重复' end                              as outcome_label,
    back.sheet,
    back.source_row,
    back.reason,

from answers.returned_row as back
where back.file_id = $file_id
    and back.outcome in ('returned', 'repeated')
order by number
