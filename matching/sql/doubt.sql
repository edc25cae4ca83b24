-- One row per open question: two people, why they may be one, and an identity that raises the question.
-- Rows of one and the same person are left out by the readers: here the optimiser would join by inequality.
with

question as (

    select
        person.person_id,
        owner.person_id as other_person_id,
        person.identity_id,
        0.1 as probability,
        '同一有效身份证号下登记了不同的姓名' as because,

    from matching_identity_person as person
    join matching_claim as claim
        on claim.identity_id = person.identity_id
        and person.cluster <> 'number:' || claim.number
    join matching_number_person as owner
        on owner.number = claim.number

    union all

    select
        person.person_id,
        owner.person_id as other_person_id,
        person.identity_id,
        0.5 as probability,
        '身份证号与残疾人证号中的身份证号不一致' as because,

    from matching_identity_person as person
    join (select identity_id, unnest(choices) as number from matching_claim where is_contested) as choice
        on choice.identity_id = person.identity_id
    join matching_number_person as owner
        on owner.number = choice.number

    union all

    select
        person.person_id,
        other.person_id as other_person_id,
        person.identity_id,
        0.9 / best.candidates as probability,
        '记录与几个候选人同样相符,无法自动判定' as because,

    from matching_identity_person as person
    join matching_ambiguous as best
        on best.identity_id = person.identity_id
    join matching_cluster_person as other
        on other.cluster = best.cluster

    union all

    select
        person.person_id,
        other.person_id as other_person_id,
        person.identity_id,
        0.6 as probability,
        '号码受损处之外相符,但姓名只是同音,或性别、出生日期有矛盾' as because,

    from matching_identity_person as person
    join matching_pair as pair
        on pair.identity_id = person.identity_id
        and pair.number in ('slip', 'truncated', 'rounded', 'masked', 'choice', 'disputed')
    join matching_cluster_person as other
        on other.cluster = pair.cluster
    where starts_with(person.cluster, 'identity:')

    union all

    select
        one.person_id,
        other.person_id as other_person_id,
        null as identity_id,
        0.5 as probability,
        '姓名和家庭信息一致或号码只差两处,但有两个有效身份证号' as because,

    from matching_two_numbers as pair
    join matching_cluster_person as one
        on one.cluster = pair.cluster
    join matching_cluster_person as other
        on other.cluster = pair.other_cluster

)

select *
from question
