-- One row per family and open finding: on the family, or on somebody who is its member now, whatever family number the
-- finding itself carries. A member listed in two families has the finding in both files.
with

concerned as (

    select member.family_no, finding.finding_id
    from findings.finding as finding
    join mart.dossier_member as member on member.person_id = finding.person_id

    union

    select household.family_no, finding.finding_id
    from findings.finding as finding
    join core.household as household
        on household.family_no = finding.family_no
        and household.month = (select max(month) from core.roster_month)

)

select
    concerned.family_no,
    finding.finding_id,
    finding.person_id,
    finding.rule,
    finding.clause,
    finding.kind,
    finding.condition,
    finding.first_met_on,
    finding.amount,
    finding.identity,
    finding.state,
    finding.summary,

from concerned
join findings.finding as finding on finding.finding_id = concerned.finding_id
where finding.state in ('待核实', '已通知', '已答复')
