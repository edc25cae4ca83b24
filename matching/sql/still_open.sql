-- One row per open identity that the first pass has not placed. In the second it may also meet what the first has
-- brought to a person, once.
select open.*
from matching_open as open
anti join matching_placed as placed
    on placed.identity_id = open.identity_id
