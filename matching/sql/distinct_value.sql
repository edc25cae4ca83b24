-- One row per distinct value of one column of the identities, NULL included.
select distinct {column}
from identity.identity
order by {column}
