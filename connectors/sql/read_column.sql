-- Grain: one row per column that the delivery prints: its cells that hold something nobody could read, and the rows that
-- it cost. A required cell that is empty costs the row, but there was nothing to read.
with

told as (

    select cell_note.column_name, count(*) as unread, 0 as rejecting
    from raw.cell_note as cell_note
    where cell_note.delivery_id = $delivery
        and cell_note.reason like $unknown
    group by cell_note.column_name

    union all

    select
        rejected_row.column_name,
        count(*) filter (rejected_row.reason <> $empty) as unread,
        count(*) as rejecting,
    from raw.rejected_row as rejected_row
    where rejected_row.delivery_id = $delivery
    group by rejected_row.column_name

)

select
    $delivery::integer as delivery_id,
    printed_column.column_name,
    printed_column.heading,
    coalesce(sum(told.unread), 0)    as unread,
    coalesce(sum(told.rejecting), 0) as rejecting,

from printed_column
left join told on told.column_name = printed_column.heading
group by printed_column.column_name, printed_column.heading
