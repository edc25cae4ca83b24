-- One row per result that is not published, with the reason; one other person who may be the same is named.
-- record is the row a person should look at: the first evidence that is not certain, else the first, in the rule's order.
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
    finding_id,
    (
        select arg_min(fact.row_id, (coalesce(link.certain, false), fact.position))
        from (
            select
                unnest(candidate.evidence).row_id            as row_id,
                generate_subscripts(candidate.evidence, 1)   as position,
        ) as fact
        left join identity.row_identity as row_identity
            on row_identity.row_id = fact.row_id
        left join identity.link as link
            on link.identity_id = row_identity.identity_id
    ) as record,

from findings.candidate as candidate
where problem is not null
