-- Findings on the person, and those on a family of the person that name nobody.
select
    finding_id,
    rule,
    condition,
    kind,
    state,
    identity,
    first_met_on,
    amount,
    summary,
    national_bar,

from mart.finding

where person_id = $person
    or (person_id is null and family_no in (select family_no from core.helped where person_id = $person))

order by rule, first_met_on, condition
