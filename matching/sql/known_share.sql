-- One row: how many open records the first pass has placed, of how many.
select
    count(*) filter (where placed.identity_id is not null) as found,
    count(*) as asked,

from matching_open as open
left join matching_placed as placed
    on placed.identity_id = open.identity_id
