-- Grain: one row. Facts under findings that do not lead back to a loaded row, or that belong to no finding.
select count(*) as figure

from findings.evidence as evidence
left join identity.row_identity as row_identity on row_identity.row_id = evidence.row_id
left join mart.finding as finding on finding.finding_id = evidence.finding_id
where row_identity.row_id is null
    or finding.finding_id is null
