-- One row per identity with its place and what a judgement may name it by.
select
    assigned.identity_id,
    assigned.cluster,
    assigned.round,
    assigned.is_certain,
    assigned.is_strong,
    earlier.person_id,
    claim.number,

from matching_assigned as assigned
join matching_claim as claim
    on claim.identity_id = assigned.identity_id
left join identity.person_key as earlier
    on earlier.identity_id = assigned.identity_id
order by assigned.identity_id
