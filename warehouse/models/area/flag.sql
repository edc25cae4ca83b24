-- One row per finding ever published (the flag on a person or family), with the place where they were last listed.
select
    known.finding_id,
    concat(known.rule, '_', known.condition)                as flag,
    coalesce(known.person_id, finding.family_no, known.finding_id) as subject,
    coalesce(person.town, family.town, place.town)          as town,
    coalesce(person.community, family.community, place.community) as community,

from findings.known as known
left join findings.finding as finding on finding.finding_id = known.finding_id
left join area.person_place as person on person.person_id = known.person_id
left join area.family_place as family on known.person_id is null and family.family_no = finding.family_no
-- a finding on a family that is found no longer stays where it was
left join findings.known_place as place on place.finding_id = known.finding_id and family.family_no is null
