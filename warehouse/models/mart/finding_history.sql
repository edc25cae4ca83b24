-- One row per change of a finding, also of findings that are over.
select
    finding_id,
    changed_at,
    state,
    "by",
    why,

from findings.history
