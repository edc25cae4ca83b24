-- One row per recorded exit up to the day.
-- grace_unknown: the list came without the column of the grace, so that an empty one is no "none".
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
    exits.grace_until is null
        and exits.delivery_id in (select delivery_id from raw.read_column)
        and exits.delivery_id not in (select delivery_id from raw.read_column where column_name = 'grace_until')
                                      as grace_unknown,

from linked.assistance_exits as exits
where exits.exit_date <= (select as_of from run.context)
