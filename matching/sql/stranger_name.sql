-- One row per two people taken at random, with their names: 20 000 pairs, to see how often strangers' names resemble.
with

person as (select cluster, min(name_no) as name_no from matching_cluster_name group by cluster),

shuffled as (select name_no, row_number() over (order by hash(cluster)) as place from person),

drawn as (

    select name_no, place * 7919 % (select count(*) from person) + 1 as other_place
    from shuffled
    where place <= 20000

)

select drawn.name_no, other.name_no as person_name_no, other.name_no = drawn.name_no as is_same
from drawn
join shuffled as other
    on other.place = drawn.other_place
