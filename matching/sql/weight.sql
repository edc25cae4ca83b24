-- One row per field, level and department: what was learned in this run. Department NULL: all together.
-- `chance` NULL: the frequency of the very value takes its place.
with

office as (

    select distinct
        department,
        (1::ubigint << (dense_rank() over (order by department) - 1)::ubigint)::bigint as office,

    from raw.delivery

)

select
    weight.field,
    weight.level,
    office.department,
    round(weight.m, 6)::double as same_person,
    round(weight.u, 9)::double as chance,
    round(weight.home, 6)::double as same_home,

from matching_weight as weight
left join office
    on office.office = weight.office
where weight.office = 0 or office.office is not null
