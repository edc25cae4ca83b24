-- One row per delivery of which nothing is loaded any more (or ever was), come on or before the last day.
-- is_last: no other delivery of the same content needs the original, nor was it taken in as somebody's answers.
select
    delivery.delivery_id,
    delivery.sha256,
    not exists (
        select 1
        from raw.delivery as other
        where other.sha256 = delivery.sha256
            and (other.rows_loaded > 0 or other.received_at::date > $last_day)
    ) as is_last,

from raw.delivery as delivery
where delivery.rows_loaded = 0
    and delivery.received_at::date <= $last_day
order by delivery.delivery_id
