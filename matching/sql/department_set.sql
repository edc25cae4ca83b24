-- One row per set of departments that wrote of some identity together with others, as bits and as a list.
with

department as (

    select distinct
        department,
        1::ubigint << (dense_rank() over (order by department) - 1)::ubigint as department_bit,

    from raw.delivery

),

bits as (

    select unnest(range(1, (1 << (select count(*) from department))::bigint))::ubigint as bits

)

select bits.bits, list(department.department order by department.department) as departments
from bits
join department
    on bits.bits & department.department_bit <> 0
group by bits.bits
