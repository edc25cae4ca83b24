-- One row per content that came on or before the last day for the last time and is still in use, where no finding rests
-- on it: its rows stay archived as printed, and are enough.
select
    delivery.sha256,
    list(delivery.delivery_id) filter (delivery.rows_loaded > 0) as in_use,

from raw.delivery as delivery
where delivery.sha256 <> ''
group by delivery.sha256
having max(delivery.received_at)::date <= $last_day
    and count(*) filter (delivery.rows_loaded > 0) > 0
    and not exists (
        select 1
        from findings.evidence as evidence
        join raw.delivery as holding
            on holding.delivery_id = evidence.row_id // 1000000000
        where holding.sha256 = delivery.sha256
    )
order by delivery.sha256
