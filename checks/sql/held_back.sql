-- One row per result that is not published, with the reason; one other person who may be the same is named.
select
    rule,
    person_id,
    (
        select min(possible.other_person_id)
        from identity.possible_same as possible
        where possible.person_id = candidate.person_id
    ) as other_person_id,
    concat(problem, '：', summary) as reason,
    condition,
    first_met_on,
    kind,

from findings.candidate as candidate
where problem is not null
