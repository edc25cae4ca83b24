-- One row per distinct identity of the rows that are not mapped yet and that is not known,
-- numbered in the order of their text, so that ids do not depend on the order of files.
with

fresh as (

    select distinct * exclude (row_id)
    from matching_fresh

),

unknown as (

    select fresh.*
    from fresh
    left join identity.identity as known
        on known.name is not distinct from fresh.name
        and known.id_no is not distinct from fresh.id_no
        and known.disability_no is not distinct from fresh.disability_no
        and known.sex is not distinct from fresh.sex
        and known.birth_date is not distinct from fresh.birth_date
        and known.birth_precision is not distinct from fresh.birth_precision
        and known.phone is not distinct from fresh.phone
        and known.address is not distinct from fresh.address
        and known.family_no is not distinct from fresh.family_no
    where known.identity_id is null

)

select
    coalesce((select max(identity_id) from identity.identity), 0) + row_number() over (
        order by
            name nulls last, id_no nulls last, disability_no nulls last, sex nulls last, birth_date nulls last,
            birth_precision nulls last, phone nulls last, address nulls last, family_no nulls last
    ) as identity_id,
    *,

from unknown
