-- One row per doubtful pair that a person should look at: two people, or a person and a record.
-- What would speak against a person but rests on less than certain identity or fact stands here too, never among the
-- findings (due process 5): somebody's word can settle it. Such a row has no other person where none is in sight.
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

question as (

    select
        review_id,
        person_id,
        other_person_id,
        record,
        probability,
        because,
        state,

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

    from findings.held_back as held
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
    question.state,
    (coalesce(own.findings, 0) + coalesce(other.findings, 0))::integer as waiting,

from question
left join waiting as own
    on own.person_id = question.person_id
left join waiting as other
    on other.person_id = question.other_person_id
    and other.person_id <> question.person_id
