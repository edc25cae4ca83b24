-- One row per sound: how many people with a number of their own have a name that sounds so.
select sound_no, count(*) as bearers
from (select distinct cluster, sound_no from matching_cluster_name)
group by sound_no
