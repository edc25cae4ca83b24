-- Grain: one row. Links to a person that is not published.
select count(*) as figure

from identity.link as link
anti join mart.person as person on person.person_id = link.person_id
