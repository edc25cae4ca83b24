-- One row per distinct written certificate number.
select distinct disability_no
from identity.identity
where disability_no is not null
