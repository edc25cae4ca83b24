-- One row per person with a number and name written beside that number for that person: also a spelling of
-- it, as an office that once heard or saw a name wrong will write it so beside a damaged number too.
select distinct placed.cluster, claim.name_no, claim.key_no, claim.sound_no
from matching_placed as placed
join matching_claim as claim
    on claim.identity_id = placed.identity_id
where placed.cluster > 0 and (placed.is_strong or placed.round = 'number_and_similar_name')
