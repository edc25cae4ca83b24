-- One row per known identity with the hashes of what is written in it; see fresh.sql.
select
    identity_id,
    hash(name, id_no, disability_no, sex, birth_date, birth_precision, phone, address, family_no) as one_hash,
    hash(family_no, address, phone, birth_precision, birth_date, sex, disability_no, id_no, name) as other_hash,

from identity.identity
