-- One row per identity that is still open: what could contradict another record of the same name.
select
    open.identity_id,
    open.sex,
    open.birth,
    case
        when open.number_no is null and not open.is_contested
            and open.quality not in ('missing', 'other_document', 'masked', 'scientific') and len(open.digits) >= 15
            then open.digits
    end as digits,

from matching_open as open
anti join matching_placed as placed
    on placed.identity_id = open.identity_id
