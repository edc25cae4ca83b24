-- One row per row of staging.{table} that stands on the list of forgotten rows, by whatever delivery it came.
select
    '{table}' as source_table,
    staged.row_id,
    staged.delivery_id,
    staged.source_row,

from forgotten
join raw.delivery as delivery
    on delivery.sha256 = forgotten.sha256
    and delivery.sheet is not distinct from forgotten.sheet
    and delivery.source_table = '{table}'
join staging.{table} as staged
    on staged.delivery_id = delivery.delivery_id
    and staged.source_row = forgotten.source_row
