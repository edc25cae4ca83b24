-- One row per row that is not mapped yet, with its identity.
select fresh.row_id, known.identity_id
from matching_fresh as fresh
join matching_known_hash as known
    on known.one_hash = fresh.one_hash
    and known.other_hash = fresh.other_hash
