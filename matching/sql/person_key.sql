-- One row per identity: the person it belongs to after this run.
select identity_id, person_id
from matching_identity_person
