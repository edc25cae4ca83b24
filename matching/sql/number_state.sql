-- One row per claimed number: whether more than one name is written beside it, else which one.
select
    number_no,
    min(name_no) as name_no,
    min(name_no) <> max(name_no) as is_several,
    bool_and(is_borrowed) as is_borrowed,

from matching_claim
where number_no is not null and name_no is not null
group by number_no
