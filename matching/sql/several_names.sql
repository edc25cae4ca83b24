-- One row per number and folded name, of the numbers beside which more than one name is written, with all
-- that speaks for or against that name as the owner's. `is_vouched`: a member's row names it as the head's.
with

support as (

    select
        claim.number_no,
        claim.name_no,
        count(*) as identities,
        bool_and(claim.is_borrowed) as is_borrowed,
        bool_or(claim.sex_conflicts or claim.birth_conflicts) as conflicts,
        bool_or(claim.birth is not null and not claim.birth_conflicts) as is_confirmed,
        bit_count(bit_or(office.departments)) as departments,
        bit_count(bit_or(office.tables)) as tables,

    from matching_several_claim as claim
    join matching_office as office
        on office.identity_id = claim.identity_id
    group by claim.number_no, claim.name_no

),

vouched as (

    select distinct left(head.id_no, 17)::bigint as number_no, name.name_no
    from matching_head as head
    join matching_name as name
        on name.name = head.name
    where regexp_full_match(head.id_no, '[1-9][0-9]{16}[0-9X]')

)

select
    support.number_no,
    form.folded,
    form.display,
    support.departments,
    support.tables,
    support.identities,
    support.is_borrowed,
    support.conflicts,
    support.is_confirmed,
    vouched.number_no is not null as is_vouched,
    coalesce(elsewhere.is_at_home, false) as is_elsewhere,
    coalesce(not elsewhere.is_at_home, false) as has_namesake,
    support.name_no,

from support
join matching_form as form
    on form.name_no = support.name_no
left join vouched
    on vouched.number_no = support.number_no
    and vouched.name_no = support.name_no
left join matching_elsewhere as elsewhere
    on elsewhere.number_no = support.number_no
    and elsewhere.name_no = support.name_no
order by support.number_no, form.folded
