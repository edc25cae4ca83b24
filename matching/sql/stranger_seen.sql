-- One row per field and level: how many pairs of two different people with a number stand at it. Of birth dates and
-- sexes all pairs are counted, by groups; of numbers a sample of 200 people beside 10 000 others.
with

grouped as (

    select 'equal' as level, sum(n * (n - 1)) as count
    from (select count(*)::double as n from matching_cluster group by birth)

    union all

    select 'month' as level, sum(n * (n - 1)) as count
    from (select count(*)::double as n from matching_cluster group by birth // 100)

    union all

    select 'year' as level, sum(n * (n - 1)) as count
    from (select count(*)::double as n from matching_cluster group by birth // 10000)

    union all

    select 'month_day' as level, sum(n * (n - 1)) as count
    from (select count(*)::double as n from matching_cluster group by birth % 10000)

    union all

    select 'year_day' as level, sum(n * (n - 1)) as count
    from (select count(*)::double as n from matching_cluster group by birth // 10000 * 100 + birth % 100)

),

birth as (

    select
        count(*)::double * (count(*) - 1) as pairs,
        any_value(equal.count) as equal,
        any_value(month.count) as month,
        any_value(year.count) as year,
        any_value(month.count + month_day.count + year_day.count - 3 * equal.count) as close,

    from matching_cluster
    cross join (select coalesce(count, 0) as count from grouped where level = 'equal') as equal
    cross join (select coalesce(count, 0) as count from grouped where level = 'month') as month
    cross join (select coalesce(count, 0) as count from grouped where level = 'year') as year
    cross join (select coalesce(count, 0) as count from grouped where level = 'month_day') as month_day
    cross join (select coalesce(count, 0) as count from grouped where level = 'year_day') as year_day

),

sampled as (select cluster, number from matching_cluster order by hash(cluster) limit 200),

others as (select cluster, number from matching_cluster order by hash(cluster) desc limit 10000),

numbered as (

    select case
        when number_pair.one = number_pair.other then 'truncated'
        when number_pair.places <= 2 then 'slip'
        when number_pair.places <= 4 then 'near'
        else 'far'
    end as level

    from (
        select sampled.cluster // 100 as one, others.cluster // 100 as other, hamming(sampled.number, others.number) as places
        from sampled
        join others
            on others.cluster <> sampled.cluster
    ) as number_pair

),

shown as (

    select sum(n * (n - 1)) as masked
    from (select count(*)::double as n from matching_cluster group by left(number, 6), right(number, 4))

),

ended as (

    select sum(n * (n - 1)) as tail
    from (select count(*)::double as n from matching_cluster group by left(number, 4), right(number, 4))

),

begun as (

    select sum(n * (n - 1)) as glimpsed
    from (select count(*)::double as n from matching_cluster group by left(number, 6))

)

select 'birth' as field, unnest(['equal', 'close', 'different', 'month', 'month_away', 'year', 'year_away']) as level, 0 as office,
    coalesce(unnest([equal, close, greatest(pairs - equal - close, 0), month, pairs - month, year, pairs - year]), 0)::double as count
from birth

union all

select 'number' as field, level, 0 as office, count(*)::double as count
from numbered
group by level

union all

select 'number' as field, unnest(['masked', 'masked_away', 'tail', 'tail_away', 'glimpsed', 'glimpsed_away']) as level, 0 as office,
    coalesce(unnest([masked, pairs - masked, tail, pairs - tail, glimpsed, pairs - glimpsed]), 0)::double as count
from birth
cross join shown
cross join ended
cross join begun
