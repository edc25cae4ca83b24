-- One row per identity whose number has more than one name beside it: the few that need a judgement.
select claim.*
from matching_claim as claim
semi join (select number_no from matching_number_state where is_several) as several
    on several.number_no = claim.number_no
where claim.name_no is not null
