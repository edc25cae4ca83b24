-- One row per row that must stay: the evidence of a finding, a record that a person's answer to an identity question is
-- about, and the records of whoever was told something lately and may still object.
select evidence.row_id
from findings.evidence as evidence

union

select mapped.row_id
from identity.row_identity as mapped
join identity.judgement as judged
    on 'identity:' || mapped.identity_id in (judged.left_key, judged.right_key)

union

select mapped.row_id
from findings.history as history
join findings.known as known
    on known.finding_id = history.finding_id
join identity.link as link
    on link.person_id = known.person_id
join identity.row_identity as mapped
    on mapped.identity_id = link.identity_id

where history.changed_at::date > $objection_from
    and history."by" <> '系统'
