-- One row per answer about the person: to a finding, to an identity question, or a visit; with the file it came in.
with

answer as (

    select
        answer.answered_on,
        concat_ws('，', answer.state, answer.result, '备注：' || answer.remark) as said,
        answer.by_whom,
        answer.file_id,
        answer.source_row,
    from answers.finding_answer as answer
    join findings.known as known
        on known.finding_id = answer.finding_id
    where known.person_id = $person

    union all

    select
        answer.answered_on,
        concat_ws('，', '身份核对：' || case answer.verdict
            when 'same' then '是同一人' when 'different' then '不是同一人' else '不确定' end, '备注：' || answer.remark) as said,
        answer.by_whom,
        answer.file_id,
        answer.source_row,
    from answers.review_answer as answer
    where list_has_any([answer.left_key, answer.right_key], $keys)

    union all

    select
        visit.answered_on,
        concat_ws('，', coalesce('走访：' || visit.visited_on, '联系人'), visit.contact, '备注：' || visit.remark) as said,
        null as by_whom,
        visit.file_id,
        visit.source_row,
    from answers.visit as visit
    where visit.person_id = $person

)

select
    answer.answered_on,
    answer.said,
    answer.by_whom,
    file.source_file,
    answer.source_row,

from answer
left join answers.file as file
    on file.file_id = answer.file_id

order by answer.answered_on, file.source_file, answer.source_row
