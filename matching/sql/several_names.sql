-- One row per number and folded name, of the numbers beside which more than one name is written, with all
-- that speaks for or against that name as the owner's. `is_vouched`: a member's row names it as the head's.
with

several as (

    select number
    from matching_support
    group by number
    having count(*) > 1

),

office as (

    select
        claim.number,
        claim.folded,
        count(distinct seen.department) as departments,
        count(distinct seen.source_table) as tables,

    from matching_claim as claim
    semi join several
        on several.number = claim.number
    left join matching_seen as seen
        on seen.identity_id = claim.identity_id
    group by claim.number, claim.folded

),

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
    office.departments,
    office.tables,
    support.identities,
    support.is_borrowed,
    support.conflicts,
    support.is_confirmed,
    vouched.number is not null as is_vouched,
    coalesce(elsewhere.is_at_home, false) as is_elsewhere,
    coalesce(not elsewhere.is_at_home, false) as has_namesake,

from matching_support as support
join office
    on office.number = support.number
    and office.folded = support.folded
left join vouched
    on vouched.number = support.number
    and vouched.folded = support.folded
left join matching_elsewhere as elsewhere
    on elsewhere.number = support.number
    and elsewhere.folded = support.folded
order by support.number, support.folded
