-- One row per answer that was taken in, the newest first: where it stood, what it was about, what it said, and whether
-- it was taken back. No name of anybody. entry_no: the order in which answers of one kind were written down.
select
    concat_ws('-', back.file_id, back.sheet_no, back.source_row)                as answer_id,
    back.row_kind,
    back.row_key,
    coalesce(finding.finding_id, review.review_id, visit.person_id)             as subject,
    coalesce(finding.rowid, review.rowid, visit.rowid)                          as entry_no,
    coalesce(finding.answered_on, review.answered_on, visit.answered_on)        as answered_on,
    file.source_file,
    back.sheet,
    back.source_row,
    coalesce(
        finding.state,
        case review.verdict when 'same' then '是同一人' when 'different' then '不是同一人' when 'unsure' then '不确定' end,
        '走访记录'
    )                                                                           as said,
    withdrawn.withdrawn_on,
    (
        select list(distinct issued.token)
        from answers.issued as issued
        where issued.row_kind = back.row_kind
            and issued.row_key = back.row_key
            and issued.month = coalesce(finding.month, review.month, visit.month)
    )                                                                           as tokens,
    back.file_id,
    back.sheet_no,

from answers.returned_row as back
join answers.file as file on file.file_id = back.file_id
left join answers.finding_answer as finding
    on (finding.file_id, finding.sheet_no, finding.source_row) = (back.file_id, back.sheet_no, back.source_row)
left join answers.review_answer as review
    on (review.file_id, review.sheet_no, review.source_row) = (back.file_id, back.sheet_no, back.source_row)
left join answers.visit as visit
    on (visit.file_id, visit.sheet_no, visit.source_row) = (back.file_id, back.sheet_no, back.source_row)
left join answers.withdrawn as withdrawn
    on (withdrawn.file_id, withdrawn.sheet_no, withdrawn.source_row) = (back.file_id, back.sheet_no, back.source_row)
where back.outcome = 'applied'
order by back.file_id desc, back.sheet_no, back.source_row
