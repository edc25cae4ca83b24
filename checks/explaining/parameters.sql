-- The values of the named parameters in force on the day, and those that nobody has set.
select
    label,
    unit,
    value,
    cite,
    is_set,

from policy.parameter

where list_contains($names, name)
    and (valid_from is null or valid_from <= (select as_of from run.context))

-- of several dates the latest; a parameter that is a table has several values of one date
qualify valid_from is not distinct from max(valid_from) over (partition by name)

order by label, value
