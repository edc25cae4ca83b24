-- One row per rule of the catalogue, also those that do not run, with the reason.
select
    rule,
    clause,
    title,
    kind,
    lead_department,
    recipients,
    asks,
    status,
    uses,
    reason,
    version,

from policy.rule
