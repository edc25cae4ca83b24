-- One row per row of staging.{table} that a later delivery replaced on or before the last day, unless it is needed.
select
    '{table}' as source_table,
    staged.row_id,
    staged.delivery_id,
    staged.source_row,

from staging.{table} as staged
join raw.delivery as successor
    on successor.delivery_id = staged.superseded_by
anti join temp.needed_row as needed
    on needed.row_id = staged.row_id

where successor.received_at::date <= $last_day
