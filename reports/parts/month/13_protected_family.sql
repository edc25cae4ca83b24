-- One row per family that ever had a protected person on the roster: where the family lives says where they live.
select distinct roster.family_no
from core.roster as roster
join temp.protected_person as protected on protected.person_id = roster.person_id
where roster.family_no is not null
