-- One row per finding of the latest run. A finding is put to an official; it decides nothing.
select
    finding.finding_id,
    finding.rule,
    finding.clause,
    finding.kind,
    finding.condition,
    finding.person_id,
    finding.family_no,
    finding.as_of,
    finding.first_met_on,
    finding.amount,
    finding.national_bar,
    finding.identity,
    finding.state,
    finding.summary,
    rule.lead_department,
    rule.recipients,

from findings.finding as finding
left join policy.rule as rule on rule.rule = finding.rule
