-- One row per measure, month, and family or person (subject) to whom it was due: was it received?
-- The measures of part three are those of the families' dossiers, on the latest roster; that dibao was paid is known of
-- every month, and a family doctor is everybody's own. What nobody can tell has no row.
select
    dossier.rule                        as measure,
    household.month,
    household.town,
    household.community,
    dossier.family_no                   as subject,
    dossier.measure_state = 'received'  as is_received,

from mart.dossier_measure as dossier
join core.household as household
    on household.family_no = dossier.family_no
    and household.month = (select max(month) from core.roster_month)
where dossier.measure_state in ('received', 'due')

union all

select
    'family_doctor'                     as measure,
    helped.month,
    helped.town,
    helped.community,
    helped.person_id                    as subject,
    bool_and(gap.finding_id is null)    as is_received,

from core.helped as helped
left join findings.finding as gap
    on gap.person_id = helped.person_id
    and gap.rule = 'family_doctor_gap'
    and gap.condition in ('no_contract', 'contract_expired')
where exists (select 1 from linked.family_doctor_contracts)
group by helped.month, helped.town, helped.community, helped.person_id

union all

select
    'dibao_paid'                        as measure,
    due.month,
    due.town,
    roster.community,
    due.person_id                       as subject,
    bool_or(due.covered)                as is_received,

from core.dibao_due as due
join core.roster as roster on roster.row_id = due.row_id
where due.month in (select month from core.paid_month)
group by due.month, due.town, roster.community, due.person_id
