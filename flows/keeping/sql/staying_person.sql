-- One row per person whose old records stay: helped, or out of help, after the last day; concerned by a finding of now,
-- published or held back; or waiting for an answer to an identity question.
select roster.person_id
from core.roster as roster
where roster.month > $last_day

union

select exit.person_id
from core.exit as exit
where exit.exit_date > $last_day

union

select finding.person_id
from findings.finding as finding
where finding.person_id is not null

union

select member.person_id
from findings.finding as finding
join core.roster as member
    on member.family_no = finding.family_no

union

select unnest([held.person_id, held.other_person_id])
from findings.held_back as held

union

select unnest([review.person_id, review.other_person_id])
from identity.review as review
