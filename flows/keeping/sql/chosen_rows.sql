-- One row per row of staging.{table} that is named in `chosen`.
select
    '{table}' as source_table,
    staged.row_id,
    staged.delivery_id,
    staged.source_row,

from staging.{table} as staged
semi join chosen
    on chosen.row_id = staged.row_id
