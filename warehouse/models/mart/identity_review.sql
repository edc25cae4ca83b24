-- One row per doubtful pair that a person should look at: two people, or a person and a record.
-- What would speak against a person but rests on less than certain identity or fact stands here too, never among the
-- findings (due process 5): somebody's word can settle it. Such a row has no other person where none is in sight.
-- state: 不确定 once somebody has answered so; 待核实 again where that answer was taken back; 已答复 where the person is
-- certain by an answer about this very record and something else is still in doubt: it is not asked again.
-- `waiting` counts the findings of either person that are held back or only probable: whoever answers the rows with
-- the most first settles most in an hour.
with

unsettled as (

    select person_id, finding_id
    from findings.held_back
    where person_id is not null

    union

    select person_id, finding_id
    from findings.finding
    where identity = 'probable' and person_id is not null

),

waiting as (

    select person_id, count(*) as findings
    from unsettled
    group by person_id

),

keyed as (

    select concat('identity:', identity_id) as key, person_id
    from identity.link

    union all

    select concat('number:', id_no) as key, person_id
    from identity.person
    where id_no is not null

),

-- To linking, an answer taken back is a pair nobody is sure of; here it is one nobody has answered.
taken_back as (

    select distinct
        one.person_id,
        other.person_id as other_person_id,

    from answers.withdrawn as withdrawn
    join answers.review_answer as answer
        on answer.file_id = withdrawn.file_id
        and answer.sheet_no = withdrawn.sheet_no
        and answer.source_row = withdrawn.source_row
    join keyed as one
        on one.key in (answer.left_key, answer.right_key)
    join keyed as other
        on other.key in (answer.left_key, answer.right_key)
    where one.person_id <> other.person_id

),

-- What was answered 是, with the record it was about.
confirmed as (

    select distinct answer.review_id, answer.left_key
    from answers.review_answer as answer
    join answers.review_standing as standing
        on standing.review_id = answer.review_id
    where answer.verdict = 'same'
        and standing.verdict = 'same'

),

question as (

    select
        review_id,
        person_id,
        other_person_id,
        record,
        probability,
        because,
        state,
        null::varchar as record_key,

    from identity.review

    union all

    select
        concat('H', left(held.finding_id, 12)) as review_id,
        held.person_id,
        held.other_person_id,
        held.record::varchar                   as record,
        null::double                           as probability,
        held.reason                            as because,
        '待核实'                                as state,
        concat('identity:', mapped.identity_id) as record_key,

    from findings.held_back as held
    left join identity.row_identity as mapped
        on mapped.row_id = held.record
    where held.kind = 'adverse'
        and held.person_id is not null

)

select
    question.review_id,
    question.person_id,
    question.other_person_id,
    question.record,
    question.probability,
    question.because,
    case
        when said.verdict = 'unsure' then '不确定'
        when taken_back.person_id is not null then '待核实'
        when confirmed.review_id is not null then '已答复'
        else question.state
    end                                as state,
    (coalesce(own.findings, 0) + coalesce(other.findings, 0))::integer as waiting,

from question
left join answers.review_standing as said
    on said.review_id = question.review_id
left join confirmed
    on confirmed.review_id = question.review_id
    and confirmed.left_key = question.record_key
left join taken_back
    on taken_back.person_id = question.person_id
    and taken_back.other_person_id = question.other_person_id
left join waiting as own
    on own.person_id = question.person_id
left join waiting as other
    on other.person_id = question.other_person_id
    and other.person_id <> question.person_id
