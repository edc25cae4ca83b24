-- One row per delivery of which rows are being removed now: how many, and the reason that is told from now on: what was
-- said before, and behind it every removal so far in one sentence.
with

now_removed as (

    select removing.delivery_id, count(*) as now_removed
    from temp.removing as removing
    group by removing.delivery_id

),

summed as (

    select
        removal.delivery_id,
        removal.because,
        sum(removal.removed_rows)::bigint as removed_rows,
        max(removal.removed_on) as last_on,
    from raw.removal as removal
    group by removal.delivery_id, removal.because

)

select
    delivery.delivery_id,
    any_value(now_removed.now_removed) as now_removed,
    concat_ws(
        '。',
        nullif(regexp_replace(any_value(delivery.reason), '。?已删除：.*$', ''), ''),
        '已删除：' || string_agg(
            summed.because || summed.removed_rows || '行，最近一次' || summed.last_on, '；' order by summed.because
        )
    ) as reason,

from raw.delivery as delivery
join now_removed
    on now_removed.delivery_id = delivery.delivery_id
join summed
    on summed.delivery_id = delivery.delivery_id
group by delivery.delivery_id
