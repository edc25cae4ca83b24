-- One row per person with a number: the number in full and what it says of sex and birth date.
-- The 18th character is GB 11643's check of the other 17.
with

known as (

    select distinct cluster
    from matching_placed
    where cluster > 0

)

select
    cluster,
    cluster::varchar || substr('10X98765432', 1 + ((
        (cluster // 10000000000000000) * 7 + (cluster // 1000000000000000 % 10) * 9
        + (cluster // 100000000000000 % 10) * 10 + (cluster // 10000000000000 % 10) * 5
        + (cluster // 1000000000000 % 10) * 8 + (cluster // 100000000000 % 10) * 4
        + (cluster // 10000000000 % 10) * 2 + (cluster // 1000000000 % 10)
        + (cluster // 100000000 % 10) * 6 + (cluster // 10000000 % 10) * 3
        + (cluster // 1000000 % 10) * 7 + (cluster // 100000 % 10) * 9
        + (cluster // 10000 % 10) * 10 + (cluster // 1000 % 10) * 5
        + (cluster // 100 % 10) * 8 + (cluster // 10 % 10) * 4
        + (cluster % 10) * 2) % 11)::integer, 1) as number,
    case when cluster % 2 = 1 then 'male' else 'female' end as sex,
    cluster // 1000 % 100000000 as birth,

from known
