-- One row per name under which the people who leave with the rows of `removing` are written.
select distinct identity.name
from identity.identity as identity
join identity.row_identity as mapped
    on mapped.identity_id = identity.identity_id
semi join temp.removing as removing
    on removing.row_id = mapped.row_id
where identity.name is not null
