-- One row per answer the office has taken back: what it said of what, and since when it counts no more.
select
    coalesce(finding.finding_id, review.review_id, visit.person_id)        as subject,
    withdrawn.withdrawn_at,
    withdrawn.withdrawn_on,
    coalesce(finding.state, review.verdict)                                as choice,
    finding.result,
    finding.notified_on,
    finding.replied_on,
    coalesce(finding.by_whom, review.by_whom)                              as by_whom,
    visit.visited_on,
    visit.contact,
    coalesce(finding.remark, review.remark, visit.remark)                  as remark,

from answers.withdrawn as withdrawn
left join answers.finding_answer as finding
    on (finding.file_id, finding.sheet_no, finding.source_row)
    = (withdrawn.file_id, withdrawn.sheet_no, withdrawn.source_row)
left join answers.review_answer as review
    on (review.file_id, review.sheet_no, review.source_row)
    = (withdrawn.file_id, withdrawn.sheet_no, withdrawn.source_row)
left join answers.visit as visit
    on (visit.file_id, visit.sheet_no, visit.source_row)
    = (withdrawn.file_id, withdrawn.sheet_no, withdrawn.source_row)
where withdrawn.row_kind = $row_kind
order by withdrawn.withdrawn_at
