-- One row per claimed number and folded name: how well that name is supported as the number's owner.
select
    claim.number,
    claim.folded,
    max(claim.display) as display,
    count(distinct seen.department) as departments,
    count(distinct seen.source_table) as tables,
    count(distinct claim.identity_id) as identities,
    bool_and(claim.is_borrowed) as is_borrowed,
    bool_or(claim.sex_conflicts or claim.birth_conflicts) as conflicts,
    bool_or(claim.birth_date is not null and not claim.birth_conflicts) as is_confirmed,

from matching_claim as claim
left join matching_seen as seen
    on seen.identity_id = claim.identity_id
where claim.number is not null
group by claim.number, claim.folded
