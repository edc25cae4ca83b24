-- One row: how many people strangers are drawn from. A few records do not make a small world.
select greatest(count(*), ?)::double as people
from matching_cluster
