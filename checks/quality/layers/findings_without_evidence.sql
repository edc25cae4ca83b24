-- Grain: one row. Findings under which no fact stands.
select count(*) as figure

from mart.finding as finding
anti join mart.finding_evidence as evidence on evidence.finding_id = finding.finding_id
