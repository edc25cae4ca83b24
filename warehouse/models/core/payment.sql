-- One row per benefit payment in force, up to the day of the run.
-- The month is the one printed as paid (发放月份): offices pay the current month or the month before, and do not say.
select
    row_id,
    person_id,
    certain,
    month,
    family_no,
    benefit,
    amount,

from linked.benefit_payments

where month <= (select as_of from run.context)
