-- One row per identity that its number places. A number beside which one name alone is written needs no judgement.
select
    claim.identity_id,
    claim.number_no as cluster,
    case
        when claim.quality = 'restored_certificate' then 'certificate_and_name'
        when claim.quality = 'upgraded_15' then 'old_number_and_name'
        else 'number_and_name'
    end as round,
    claim.quality = 'valid'
        and claim.is_cosmetic
        and not claim.is_borrowed
        and not claim.sex_conflicts
        and not claim.birth_conflicts as is_certain,
    true as is_strong,
    null::double as probability,

from matching_claim as claim
semi join (select number_no from matching_number_state where not is_several and not is_borrowed) as single
    on single.number_no = claim.number_no
where claim.name_no is not null

union all

select *, null::double as probability
from matching_by_number
