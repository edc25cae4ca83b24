-- One row: the verdict that stands again on a pair once an answer about it is taken back: that of the answer before it,
-- else none (unsure). Later than every earlier word on the pair, also than those of a run that took a later day for its.
insert into identity.judgement
with

answer as (

    select review_answer.*, review_answer.rowid as entry_no
    from answers.review_answer as review_answer
    where (review_answer.file_id, review_answer.sheet_no, review_answer.source_row) = ($file_id, $sheet_no, $source_row)

),

earlier as (

    select arg_max(review_answer.verdict, review_answer.rowid) as verdict
    from answers.review_answer as review_answer
    join answer
        on answer.entry_no > review_answer.rowid
        and least(answer.left_key, answer.right_key) = least(review_answer.left_key, review_answer.right_key)
        and greatest(answer.left_key, answer.right_key) = greatest(review_answer.left_key, review_answer.right_key)
    anti join answers.withdrawn as withdrawn
        on (withdrawn.file_id, withdrawn.sheet_no, withdrawn.source_row)
        = (review_answer.file_id, review_answer.sheet_no, review_answer.source_row)

)

select
    answer.left_key,
    answer.right_key,
    coalesce(earlier.verdict, 'unsure') as verdict,
    $by_whom as by_whom,
    greatest(
        $day::timestamp,
        (
            select max(said.judged_at) + interval 1 microsecond
            from identity.judgement as said
            where (said.left_key, said.right_key) in (
                (answer.left_key, answer.right_key), (answer.right_key, answer.left_key)
            )
        )
    ) as judged_at,

from answer
cross join earlier
