-- What is known of the findings that answers changed. A closed one rests on the facts that were answered, so that the
-- night sees when those it has now are others.
update findings.known as known
set
    state = changed.state,
    settled_on = changed.settled_on,
    evidence_hash = case when changed.settled_on is null then known.evidence_hash else changed.evidence_hash end
from (
    select finding_id, last(state) as state, last(settled_on) as settled_on, last(evidence_hash) as evidence_hash
    from changes_now
    group by finding_id
) as changed
where changed.finding_id = known.finding_id
