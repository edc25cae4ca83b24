-- One row: how many answers name a person of the last run by person_id.
select count(*) as answers
from identity.judgement as judgement
join (select distinct person_id from identity.person_key) as known
    on known.person_id in (judgement.left_key, judgement.right_key)
