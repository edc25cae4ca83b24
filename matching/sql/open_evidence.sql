-- One row per identity that is still open: what could contradict another record of the same name.
select
    open.identity_id,
    open.sex,
    open.birth_date,
    case
        when open.number is null and open.quality not in ('missing', 'other_document', 'masked', 'scientific')
            and len(open.digits) >= 15 then open.digits
    end as digits,

from matching_open as open
anti join matching_placed as placed
    on placed.identity_id = open.identity_id
