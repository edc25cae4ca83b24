-- One row per fact a known finding was last seen with: this run's, and of findings that are gone what was kept.
select finding_id, event_date, what
from findings.evidence

union all

select kept.finding_id, kept.event_date, kept.what
from findings.known_fact as kept
anti join findings.finding as finding
    on finding.finding_id = kept.finding_id
