-- One row per open question: two people, why they may be one, and an identity that raises the question.
-- Rows of one and the same person are left out by the readers: here the optimiser would join by inequality.
with

question as (

    select
        person.cluster,
        claim.number_no as other_cluster,
        person.identity_id,
        0.1 as probability,
        '同一有效身份证号下登记了不同的姓名' as because,

    from matching_final as person
    join matching_claim as claim
        on claim.identity_id = person.identity_id
    where claim.number_no is not null and claim.number_no <> person.cluster

    union all

    select
        person.cluster,
        choice.number_no as other_cluster,
        person.identity_id,
        0.5 as probability,
        '身份证号与残疾人证号中的身份证号不一致' as because,

    from matching_final as person
    join (
        select identity_id, unnest([own_no, certificate_no]) as number_no
        from matching_claim
        where is_contested
    ) as choice
        on choice.identity_id = person.identity_id
    where choice.number_no <> person.cluster

    union all

    select
        person.cluster,
        best.cluster as other_cluster,
        person.identity_id,
        best.probability,
        '记录与此人可能相符,但证据不足以自动认定' as because,

    from matching_final as person
    join matching_ambiguous as best
        on best.identity_id = person.identity_id
    where best.cluster <> person.cluster

    union all

    select
        person.cluster,
        pair.cluster as other_cluster,
        person.identity_id,
        0.04 as probability,
        '号码受损处之外相符,但姓名只是相近,或性别、出生日期有矛盾' as because,

    from matching_final as person
    join matching_pair as pair
        on pair.identity_id = person.identity_id
        and pair.number in ('slip', 'truncated', 'rounded', 'masked', 'choice', 'disputed')
    where person.cluster < 0

    union all

    select
        pair.cluster,
        pair.other_cluster,
        null as identity_id,
        0.5 as probability,
        '姓名和家庭信息一致或号码只差两处,但有两个有效身份证号' as because,

    from matching_two_numbers as pair

)

select
    one.person_id,
    other.person_id as other_person_id,
    question.identity_id,
    question.probability,
    question.because,

from question
join matching_cluster_person as one
    on one.cluster = question.cluster
join matching_cluster_person as other
    on other.cluster = question.other_cluster
