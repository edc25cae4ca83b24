-- One row per row that is not mapped yet, with two hashes of all that is written in it: 128 bits together, so that
-- rows are compared by two numbers instead of nine texts.
select
    *,
    hash(name, id_no, disability_no, sex, birth_date, birth_precision, phone, address, family_no) as one_hash,
    hash(family_no, address, phone, birth_precision, birth_date, sex, disability_no, id_no, name) as other_hash,

from (
{rows}
)
