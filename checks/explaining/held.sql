-- What was held back for this person, because identity or data are not certain.
select distinct
    rule,
    reason,

from findings.held_back

where person_id = $person

order by rule, reason
