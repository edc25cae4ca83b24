-- One row per row of staging.{table} that is not mapped yet, with its identity.
select staged.row_id, known.identity_id
from staging.{table} as staged
join identity.identity as known
    on {same_columns}
where not exists (select 1 from identity.row_identity as mapped where mapped.row_id = staged.row_id)
