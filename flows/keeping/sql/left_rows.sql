-- One row per row in force of staging.{table} that came on or before the last day and tells of nothing later, of a person
-- nobody has to look after any more.
select
    '{table}' as source_table,
    staged.row_id,
    staged.delivery_id,
    staged.source_row,

from staging.{table} as staged
join raw.delivery as delivery
    on delivery.delivery_id = staged.delivery_id
join identity.row_identity as mapped
    on mapped.row_id = staged.row_id
join identity.link as link
    on link.identity_id = mapped.identity_id
anti join temp.staying_person as staying
    on staying.person_id = link.person_id
anti join temp.needed_row as needed
    on needed.row_id = staged.row_id

where staged.superseded_by is null
    and delivery.received_at::date <= $last_day
    and {latest} <= $last_day
