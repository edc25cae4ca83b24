-- People who hold a number; where nobody does, people on whose records it is written.
with

holder as (

    select person_id from identity.person where id_no = $given

)

select person_id from holder

union

select link.person_id
from identity.identity as written
join identity.link as link on link.identity_id = written.identity_id
left join identity.number as number on number.id_no = written.id_no
where $given in (upper(written.id_no), number.resolved)
    and not exists (select 1 from holder)
