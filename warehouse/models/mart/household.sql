-- One row per helped family and month.
select
    family_no,
    month,
    category,
    cause,
    head_person_id,
    members,
    town,
    community,
    household_amount,

from core.household
