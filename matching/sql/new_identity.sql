-- One row per distinct identity of the rows that are not mapped yet and that is not known, numbered in an order
-- that depends on what is written alone, not on the order of files.
with

fresh as (

    select
        one_hash,
        other_hash,
        any_value(name) as name,
        any_value(id_no) as id_no,
        any_value(disability_no) as disability_no,
        any_value(sex) as sex,
        any_value(birth_date) as birth_date,
        any_value(birth_precision) as birth_precision,
        any_value(phone) as phone,
        any_value(address) as address,
        any_value(family_no) as family_no,

    from matching_fresh
    group by one_hash, other_hash

)

select
    coalesce((select max(identity_id) from identity.identity), 0)
        + row_number() over (order by fresh.one_hash, fresh.other_hash) as identity_id,
    fresh.* exclude (one_hash, other_hash),
    fresh.one_hash,
    fresh.other_hash,

from fresh
anti join matching_known_hash as known
    on known.one_hash = fresh.one_hash
    and known.other_hash = fresh.other_hash
