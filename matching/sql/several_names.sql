-- One row per number and folded name, of the numbers beside which more than one name is written, with all
-- that speaks for or against that name as the owner's. `is_vouched`: a member's row names it as the head's.
with

vouched as (

    select distinct number.number, name.folded
    from matching_head as head
    join matching_number as number
        on number.id_no = head.id_no
        and number.quality = 'valid'
    join matching_name as name
        on name.name = head.name

)

select
    support.number,
    support.folded,
    support.display,
    support.departments,
    support.tables,
    support.identities,
    support.is_borrowed,
    support.conflicts,
    support.is_confirmed,
    vouched.number is not null as is_vouched,
    elsewhere.number is not null as is_elsewhere,

from matching_support as support
left join vouched
    on vouched.number = support.number
    and vouched.folded = support.folded
left join matching_elsewhere as elsewhere
    on elsewhere.number = support.number
    and elsewhere.folded = support.folded
where support.number in (select number from matching_support group by number having count(*) > 1)
order by support.number, support.folded
