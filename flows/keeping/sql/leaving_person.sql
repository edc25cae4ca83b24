-- One row per person of whom nothing is left once the rows of `removing` are gone.
select earlier.person_id

from identity.person_key as earlier
join identity.row_identity as mapped
    on mapped.identity_id = earlier.identity_id
left join temp.removing as removing
    on removing.row_id = mapped.row_id
group by earlier.person_id
having count(*) = count(removing.row_id)
