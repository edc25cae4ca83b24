-- One row per head of a family as written in the rows of other members of staging.{table}.
select distinct trim(head_name) as name, head_id_no as id_no
from staging.{table}
where head_name is not null
    and head_id_no is not null
    and trim(name) <> trim(head_name)
