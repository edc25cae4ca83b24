-- One row per person ever on the roster or in the exits, and per person who may be the same one.
-- A fact held by a possible other self (doubtful) neither protects nor accuses: it makes the claim unknown.
with

concerned as (

    select person_id from linked.assistance_roster
    union
    select person_id from linked.assistance_exits

)

select
    concerned.person_id,
    concerned.person_id as self_id,
    false as doubtful,

from concerned

union all

select distinct
    concerned.person_id,
    possible.other_person_id as self_id,
    true as doubtful,

from concerned
join identity.possible_same as possible
    on possible.person_id = concerned.person_id
