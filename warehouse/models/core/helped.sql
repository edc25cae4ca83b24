-- One row per roster row of the latest delivered month: who is helped now.
-- The latest delivered month, not the month of the run: a roster that is late makes nobody unhelped.
select
    person_id,
    family_no,
    category,
    cause,
    town,
    community,
    month,
    certain,
    row_id,

from core.roster

where month = (select max(month) from core.roster_month)
