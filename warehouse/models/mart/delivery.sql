-- view
-- One row per file seen, or per sheet of a workbook, received up to the moment the run looks back to.
select
    department,
    source_table,
    source_file,
    sheet,
    sha256,
    received_at,
    rows_in,
    rows_loaded,
    rows_rejected,
    rows_skipped,
    status,
    reason,
    delivery_id,

from raw.delivery

where received_at <= (select received_until from run.context)
