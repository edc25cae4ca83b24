-- One row per family ever on the roster: where it was last listed.
select
    family_no,
    town,
    community,

from core.household

qualify row_number() over (partition by family_no order by month desc) = 1
