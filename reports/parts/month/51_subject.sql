-- One row per finding of the latest run with the person it is about (of a household finding: the head of the
-- family) and where they live by the latest roster.
select
    finding.finding_id,
    finding.rule,
    finding.clause,
    finding.kind,
    finding.condition,
    label_of('condition', finding.condition)
        || case
            when finding.rule <> 'work_refusal' or finding.national_bar is null then ''
            when finding.national_bar then chr(10) || '(国家标准:已达到)'
            else chr(10) || '(国家标准:未达到)'
        end                                               as condition_label,
    finding.person_id,
    finding.family_no,
    finding.as_of,
    finding.first_met_on,
    finding.amount,
    finding.national_bar,
    finding.identity,
    finding.state,
    finding.summary,
    rule.title                                            as rule_title,
    rule.lead_department,
    rule.recipients,
    coalesce(rule.parties_only, false)                    as parties_only,
    coalesce(finding.person_id, family.head_person_id)    as subject_id,
    person.name                                           as subject_name,
    person.id_no                                          as subject_number,
    coalesce(finding.family_no, place.family_no)          as subject_family,
    coalesce(place.town, family.town)                     as town,
    coalesce(place.community, family.community)           as community,
    finding.state in ('待核实', '已通知', '已答复')          as is_open,

from mart.finding as finding
left join policy.rule as rule on rule.rule = finding.rule
left join temp.family_place as family on family.family_no = finding.family_no
left join temp.place as place on place.person_id = coalesce(finding.person_id, family.head_person_id)
left join mart.person as person on person.person_id = coalesce(finding.person_id, family.head_person_id)
