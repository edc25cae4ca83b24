-- One row per distinct identity written in the rows of staging.{table} that are not mapped yet.
-- The columns of an identity that this table lacks are NULL.
select distinct {columns}
from staging.{table} as staged
where not exists (select 1 from identity.row_identity as mapped where mapped.row_id = staged.row_id)
