-- One row per row of staging.{table} that is not mapped yet, with the columns of its identity.
-- The columns of an identity that this table lacks are NULL.
select staged.row_id, {columns}
from staging.{table} as staged
anti join identity.row_identity as mapped
    on mapped.row_id = staged.row_id
