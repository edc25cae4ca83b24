-- One row per identity of staging.{table} that carries the number of the head of the family although
-- it is another member with another name: a child or spouse entered under the head's number.
select distinct mapped.identity_id
from staging.{table} as staged
join identity.row_identity as mapped
    on mapped.row_id = staged.row_id
where upper(trim(staged.id_no)) = upper(trim(staged.head_id_no))
    and staged.relation is distinct from 'head'
    and trim(staged.name) <> trim(staged.head_name)
