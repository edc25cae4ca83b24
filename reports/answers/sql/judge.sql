-- One row per answer to an identity question, as matching reads it. Judged on the day of the run; of two answers about
-- one pair the later one must count, also where several runs take the same day for theirs.
insert into identity.judgement
select
    judged.left_key,
    judged.right_key,
    judged.verdict,
    judged.by_whom,
    greatest(
        context.as_of::timestamp,
        (
            select max(earlier.judged_at) + interval 1 microsecond
            from identity.judgement as earlier
            where (earlier.left_key, earlier.right_key) in (
                (judged.left_key, judged.right_key), (judged.right_key, judged.left_key)
            )
        )
    ) as judged_at,

from judged_now as judged
cross join run.context as context
