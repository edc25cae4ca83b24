-- One row per identity still open and candidate that a person should look at: likely, but not likely enough.
select identity_id, cluster, probability
from matching_scored
where probability >= 0.25 or (has_number and probability >= 0.05)
