-- The values of the named parameters in force on the day, a line a parameter, and those that nobody has set by then.
-- Of several dates the latest counts: of each series by itself, where a parameter is a table of values; told in the order
-- of the parameter's file (rowid: the table is written once, whole), so that tiers climb.
with

named as (

    select distinct
        name,
        label,
        unit,
    from policy.parameter
    where list_contains($names, name)

),

in_force as (

    select *, rowid as place
    from policy.parameter
    where coalesce(valid_from <= (select as_of from run.context), true)
    qualify valid_from is not distinct from max(valid_from) over (partition by name, series)

)

select
    named.label,
    named.unit,
    string_agg(coalesce(in_force.value, in_force.series), '；' order by in_force.place) as value,
    string_agg(distinct in_force.cite, '；' order by in_force.cite)                                      as cite,
    coalesce(in_force.is_set, false)                                                                    as is_set,

from named
left join in_force on in_force.name = named.name
group by named.label, named.unit, coalesce(in_force.is_set, false)
order by named.label, is_set desc
