-- Grain: one row. Published people to whom nothing is linked.
select count(*) as figure

from mart.person as person
anti join identity.link as link on link.person_id = person.person_id
