-- Grain: one row. Findings about a person that is not published. A finding about a family need not name a person.
select count(*) as figure

from mart.finding as finding
anti join mart.person as person on person.person_id = finding.person_id
where finding.person_id is not null
