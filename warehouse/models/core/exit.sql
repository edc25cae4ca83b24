-- One row per recorded exit up to the day.
select
    exits.row_id,
    exits.person_id,
    exits.certain,
    exits.family_no,
    exits.category,
    exits.exit_date,
    exits.reason,
    exits.income_per_head,
    exits.grace_until,

from linked.assistance_exits as exits
where exits.exit_date <= (select as_of from run.context)
