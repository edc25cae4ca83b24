-- One row per person with a number: what the number says of sex and birth date.
select
    cluster,
    number,
    case when number[17]::integer % 2 = 1 then 'male' else 'female' end as sex,
    try_strptime(number[7:14], '%Y%m%d')::date as birth_date,

from (select distinct cluster, cluster[8:] as number from matching_placed where starts_with(cluster, 'number:'))
