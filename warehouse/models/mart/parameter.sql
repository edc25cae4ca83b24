-- One row per dated value of a parameter; one with is_set = false where nobody gave a value.
select
    name    as parameter,
    label,
    unit,
    valid_from,
    value,
    cite,
    is_set,
    series,
    is_local,

from policy.parameter
