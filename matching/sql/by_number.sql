-- One row per identity, of the numbers with several names, that its own whole number and its name place with
-- the number's owner.
-- A name that merely resembles the owner's is a slip only if nothing speaks for a relative: the row's
-- sex and birth date fit the number, the row does not carry the head's number, and no other person
-- of exactly that name shares phone, address or family with the owner. Where just any character
-- differs, no other person at all may bear the name (a child's name is somebody's, a slip nobody's) and the
-- row must show the number's birth date: brothers, or father and son, are often one character apart.
with

named as (

    select
        claim.identity_id,
        claim.number_no,
        claim.name_no,
        claim.quality,
        standing.agreement,
        standing.is_clear,
        claim.is_borrowed,
        claim.is_cosmetic,
        claim.sex_conflicts or claim.birth_conflicts as conflicts,
        claim.birth is not null and not claim.birth_conflicts as is_confirmed,
        standing.agreement in ('exact', 'folded', 'variant', 'prefix', 'wildcard') as is_strong,

    from matching_several_claim as claim
    join matching_standing as standing
        on standing.number_no = claim.number_no
        and standing.name_no = claim.name_no
    where standing.agreement <> 'disagree'

),

resembling as (

    select distinct number_no, name_no
    from named
    where not is_strong

),

-- Records of other people with a number of their own who bear exactly that name.
bearer as (

    select
        resembling.number_no as asked_no,
        claim.identity_id,
        claim.number_no,
        claim.name_no,

    from matching_claim as claim
    join resembling
        on resembling.name_no = claim.name_no
    semi join matching_owner_name as owner_name
        on owner_name.number_no = claim.number_no
        and owner_name.name_no = claim.name_no
    anti join matching_alias as alias
        on alias.number_no = resembling.number_no
        and alias.other_no = claim.number_no

),

owner_context as (

    select distinct resembling.number_no, resembling.name_no, context.kind, context.value
    from resembling
    join named as owner
        on owner.number_no = resembling.number_no
        and owner.is_strong
    join matching_context as context
        on context.identity_id = owner.identity_id
        and context.is_home

),

relative as (

    select distinct owner_context.number_no, owner_context.name_no
    from owner_context
    join bearer
        on bearer.name_no = owner_context.name_no
        and bearer.asked_no = owner_context.number_no
        and bearer.number_no <> owner_context.number_no
    join matching_context as context
        on context.identity_id = bearer.identity_id
        and context.kind = owner_context.kind
        and context.value = owner_context.value

    union

    select named.number_no, named.name_no
    from named
    join bearer
        on bearer.name_no = named.name_no
        and bearer.asked_no = named.number_no
        and bearer.number_no <> named.number_no
    where named.agreement = 'one_character'

)

select
    named.identity_id,
    named.number_no as cluster,
    case
        when not named.is_strong then 'number_and_similar_name'
        when named.quality = 'restored_certificate' then 'certificate_and_name'
        when named.quality = 'upgraded_15' then 'old_number_and_name'
        else 'number_and_name'
    end as round,
    named.is_strong
        and named.quality = 'valid'
        and named.is_cosmetic
        and named.is_clear
        and not named.is_borrowed
        and not named.conflicts as is_certain,
    named.is_strong,

from named
left join relative
    on relative.number_no = named.number_no
    and relative.name_no = named.name_no
where case
    when named.agreement in ('exact', 'folded', 'variant') then true
    when named.is_strong then not named.conflicts
    else not named.conflicts and not named.is_borrowed and relative.number_no is null
        and (named.is_confirmed or named.agreement <> 'one_character')
end
