-- One row per person ever on the roster: where the person was last listed, and with which family.
select
    person_id,
    family_no,
    town,
    community,

from core.roster

qualify row_number() over (partition by person_id order by month desc, certain desc, row_id desc) = 1
