-- People of a name, as known or as any department writes it, and of a birth date where one is given.
select person_id
from identity.person
where name = $name
    and ($birth_date is null or birth_date = $birth_date)

union

select link.person_id
from identity.identity as written
join identity.link as link on link.identity_id = written.identity_id
join identity.person as person on person.person_id = link.person_id
where written.name = $name
    and ($birth_date is null or $birth_date in (written.birth_date, person.birth_date))
