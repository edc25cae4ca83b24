-- Grain: one row. Deliveries whose rows in are not loaded + rejected + skipped.
select count(*) as figure

from mart.delivery as delivery
where delivery.rows_in <> delivery.rows_loaded + delivery.rows_rejected + delivery.rows_skipped
