-- One row per row that is not mapped yet, with its identity.
select fresh.row_id, known.identity_id
from matching_fresh as fresh
join identity.identity as known
    on known.name is not distinct from fresh.name
    and known.id_no is not distinct from fresh.id_no
    and known.disability_no is not distinct from fresh.disability_no
    and known.sex is not distinct from fresh.sex
    and known.birth_date is not distinct from fresh.birth_date
    and known.birth_precision is not distinct from fresh.birth_precision
    and known.phone is not distinct from fresh.phone
    and known.address is not distinct from fresh.address
    and known.family_no is not distinct from fresh.family_no
