-- One row per name: how many people with a number of their own bear it.
select key_no, count(*) as bearers
from (select distinct cluster, key_no from matching_cluster_name)
group by key_no
