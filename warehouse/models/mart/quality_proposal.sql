-- view
-- One row per bound that the last accepted deliveries say should move, with the line of quality.toml that moves it.
select
    proposal.department,
    proposal.source_table,
    proposal.measure,
    proposal.column_name as measured_column,
    proposal.severity,
    proposal.side,
    proposal.bound,
    proposal.proposed,
    proposal.deliveries,
    proposal.what,
    proposal.line,

from quality.proposal as proposal
