-- One row per number under which the person is written, as written and as read.
select number
from (
    select unnest([written.id_no, written.disability_no, number.resolved, person.id_no]) as number
    from identity.link as link
    join identity.identity as written
        on written.identity_id = link.identity_id
    join identity.person as person
        on person.person_id = link.person_id
    left join identity.number as number
        on number.id_no = written.id_no
    where link.person_id = $person
)
where number is not null
group by number
order by number
