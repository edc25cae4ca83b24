-- One row per claimed number and folded name: what the records of that name at that number say.
select
    claim.number,
    claim.folded,
    max(claim.display) as display,
    count(*) as identities,
    bool_and(claim.is_borrowed) as is_borrowed,
    bool_or(claim.sex_conflicts or claim.birth_conflicts) as conflicts,
    bool_or(claim.birth_date is not null and not claim.birth_conflicts) as is_confirmed,

from matching_claim as claim
where claim.number is not null
group by claim.number, claim.folded
