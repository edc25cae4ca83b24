-- One row per row of staging.{table} that names the person as somebody else's head of family.
select
    delivery.department,
    delivery.source_file,
    delivery.sheet,
    staged.source_row,

from staging.{table} as staged
join raw.delivery as delivery
    on delivery.delivery_id = staged.delivery_id
join identity.row_identity as mapped
    on mapped.row_id = staged.row_id
join identity.link as link
    on link.identity_id = mapped.identity_id

where list_contains($numbers, staged.head_id_no)
    and link.person_id <> $person

order by delivery.source_file, staged.source_row
