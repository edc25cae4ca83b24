-- Rows of staging.{table} in force as of run.context.received_until, with their person.
-- A row that a later delivery replaced is still in force for a run that may not see that delivery.
select
    staged.*,
    link.person_id,
    link.certain,

from staging.{table} as staged
join raw.delivery as delivery
    on delivery.delivery_id = staged.delivery_id
join identity.row_identity as mapped
    on mapped.row_id = staged.row_id
join identity.link as link
    on link.identity_id = mapped.identity_id
cross join run.context as context
left join raw.delivery as successor
    on successor.delivery_id = staged.superseded_by
where delivery.received_at <= context.received_until
    and (staged.superseded_by is null or successor.received_at > context.received_until)
