-- Grain: one row per staged row that shares its key with another row of the same delivery.
-- Equal rows were taken out before, so these differ: both stay, and the department is asked.
select
    current_table.delivery_id as delivery_id,
    current_table.source_row as source_row,
    '同一文件中另有一行关键字段相同而内容不同' as reason,
from current_table
where current_table.delivery_id = $delivery
    and current_table.row_key is not null
qualify count(*) over (partition by current_table.row_key) > 1
