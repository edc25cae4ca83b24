-- One row per identity that its own whole number and its name place with the number's owner.
-- A name that merely resembles the owner's is a slip only if nothing speaks for a relative: the row's
-- sex and birth date fit the number, the row does not carry the head's number, and no other person
-- of exactly that name shares phone, address or family with the owner. Where just any character
-- differs, no other person at all may bear the name (a child's name is somebody's, a slip nobody's) and the
-- row must show the number's birth date: brothers, or father and son, are often one character apart.
with

named as (

    select
        claim.identity_id,
        claim.number,
        claim.folded,
        claim.quality,
        standing.agreement,
        standing.is_clear,
        claim.is_borrowed,
        claim.is_cosmetic,
        claim.sex_conflicts or claim.birth_conflicts as conflicts,
        claim.birth_date is not null and not claim.birth_conflicts as is_confirmed,
        list_contains(['exact', 'folded', 'variant', 'prefix', 'wildcard'], standing.agreement) as is_strong,

    from matching_claim as claim
    join matching_standing as standing
        on standing.number = claim.number
        and standing.folded = claim.folded
    where standing.agreement <> 'disagree'

),

resembling as (

    select distinct number, folded
    from named
    where not is_strong

),

owner_context as (

    select distinct resembling.number, resembling.folded, context.kind, context.value
    from resembling
    join named as owner
        on owner.number = resembling.number
        and owner.is_strong
    join matching_context as context
        on context.identity_id = owner.identity_id
        and context.is_home

),

relative as (

    select distinct owner_context.number, owner_context.folded
    from owner_context
    join named as other
        on other.folded = owner_context.folded
        and other.agreement = 'exact'
        and other.number <> owner_context.number
    join matching_context as context
        on context.identity_id = other.identity_id
        and context.kind = owner_context.kind
        and context.value = owner_context.value

    union

    select slip.number, slip.folded
    from named as slip
    join named as bearer
        on bearer.folded = slip.folded
        and bearer.agreement = 'exact'
        and bearer.number <> slip.number
    where slip.agreement = 'one_character'

)

select
    named.identity_id,
    'number:' || named.number as cluster,
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
    on relative.number = named.number
    and relative.folded = named.folded
where case
    when named.agreement in ('exact', 'folded', 'variant') then true
    when named.is_strong then not named.conflicts
    else not named.conflicts and not named.is_borrowed and relative.number is null
        and (named.is_confirmed or named.agreement <> 'one_character')
end
