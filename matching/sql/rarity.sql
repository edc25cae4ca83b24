-- One row per name: how many people with a number of their own bear it.
select key, count(distinct cluster) as bearers
from matching_cluster_name
group by key
