-- One row per row of the rule, numbered in an order that does not depend on how it was computed.
select
    *,
    row_number() over (
        order by condition, person_id, family_no, first_met_on, certain desc, summary
    ) as found_no,

from findings.found
