-- One row per dated value, unset parameters with their reason.
select
    name,
    label,
    unit,
    valid_from,
    value,
    cite,
    is_set,
    coalesce(why_unset, '') as why_unset

from policy.parameter
order by name, valid_from
