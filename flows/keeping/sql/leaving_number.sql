-- One row per number that is written for nobody else once the rows of `removing` are gone: it must not stay behind as
-- the head's number in the rows of others. Damaged numbers of a few characters stand in many cells and are left out.
with

written as (

    select
        unnest([identity.id_no, identity.disability_no]) as number,
        removing.row_id is not null as is_leaving,
    from identity.identity as identity
    join identity.row_identity as mapped
        on mapped.identity_id = identity.identity_id
    left join temp.removing as removing
        on removing.row_id = mapped.row_id

)

select written.number
from written
where length(written.number) >= 15
group by written.number
having bool_and(written.is_leaving)
