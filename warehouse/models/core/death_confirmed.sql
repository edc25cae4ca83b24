-- One row per person of whom somebody has said, with a name, that a certain record of a death is this person's.
-- An answer is about its left key, the record that was asked about; the last one about a pair counts.
with

answer as (

    select left_key, verdict, by_whom
    from identity.judgement
    qualify row_number() over (
        partition by least(left_key, right_key), greatest(left_key, right_key) order by judged_at desc
    ) = 1

)

select distinct report.person_id

from core.death_report as report
join identity.row_identity as mapped
    on mapped.row_id = report.row_id
join answer
    on answer.left_key = concat('identity:', mapped.identity_id)
where report.certain
    and answer.verdict = 'same'
    and answer.by_whom <> '(未署名)'
