-- One row per number and name beside it, of the numbers with several names, where that name has a number of
-- its own elsewhere: `is_at_home` if shared with this one by phone, address or family, else only because
-- hardly anybody bears the name. Such a name was probably entered under somebody else's number here.
with

several as (

    select number
    from matching_support
    group by number
    having count(*) > 1

),

asked as (

    select support.number, support.folded
    from matching_support as support
    semi join several
        on several.number = support.number
    where support.folded <> ''

),

other as (

    select asked.number, asked.folded, support.number as other_number
    from asked
    join matching_support as support
        on support.folded = asked.folded
    where support.number <> asked.number

),

home as (

    select distinct asked.number, context.kind, context.value
    from (select distinct number from asked) as asked
    join matching_claim as claim
        on claim.number = asked.number
    join matching_context as context
        on context.identity_id = claim.identity_id
        and context.is_home

),

other_home as (

    select distinct other.number, other.folded, context.kind, context.value
    from other
    join matching_claim as claim
        on claim.number = other.other_number
        and claim.folded = other.folded
    join matching_context as context
        on context.identity_id = claim.identity_id

),

found as (

    select number, folded, false as is_at_home
    from other
    group by number, folded
    having count(*) <= 3

    union all

    select other_home.number, other_home.folded, true as is_at_home
    from other_home
    join home
        on home.number = other_home.number
        and home.kind = other_home.kind
        and home.value = other_home.value

)

select number, folded, bool_or(is_at_home) as is_at_home
from found
group by number, folded
