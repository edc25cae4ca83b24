-- One row per number and name beside it, of the numbers with several names, where that name has a number of
-- its own elsewhere: `is_at_home` if shared with this one by phone, address or family, else only because
-- hardly anybody bears the name. Such a name was probably entered under somebody else's number here.
with

asked as (select distinct number_no, name_no from matching_several_claim),

bearer as (

    select distinct claim.number_no, claim.name_no
    from matching_claim as claim
    semi join asked
        on asked.name_no = claim.name_no
    where claim.number_no is not null

),

other as (

    select asked.number_no, asked.name_no, bearer.number_no as other_no
    from asked
    join bearer
        on bearer.name_no = asked.name_no
    anti join matching_alias as alias
        on alias.number_no = asked.number_no
        and alias.other_no = bearer.number_no
    where bearer.number_no <> asked.number_no

),

home as (

    select distinct claim.number_no, context.kind, context.value
    from matching_several_claim as claim
    join matching_context as context
        on context.identity_id = claim.identity_id
        and context.is_home

),

other_home as (

    select distinct other.number_no, other.name_no, context.kind, context.value
    from other
    join matching_claim as claim
        on claim.number_no = other.other_no
        and claim.name_no = other.name_no
    join matching_context as context
        on context.identity_id = claim.identity_id

),

found as (

    select number_no, name_no, false as is_at_home
    from other
    group by number_no, name_no
    having count(*) <= 3

    union all

    select other_home.number_no, other_home.name_no, true as is_at_home
    from other_home
    join home
        on home.number_no = other_home.number_no
        and home.kind = other_home.kind
        and home.value = other_home.value

)

select number_no, name_no, bool_or(is_at_home) as is_at_home
from found
group by number_no, name_no
