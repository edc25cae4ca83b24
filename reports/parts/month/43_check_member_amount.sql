-- One row per category: the members' own amounts against the household amounts of the same families.
-- Only families whose amounts are all known: an empty amount is unknown, not nothing.
with

family as (

    select
        roster.family_no,
        household.category,
        sum(roster.person_amount)                                             as members_yuan,
        max(roster.household_amount)                                          as household_yuan,
        bool_and(roster.person_amount is not null)
            and bool_or(roster.household_amount is not null)                  as is_known,

    from core.roster as roster
    join temp.period as period on roster.month = period.month
    join core.household as household
        on household.family_no = roster.family_no
        and household.month = roster.month
    group by roster.family_no, household.category

)

select
    family.category,
    sum(family.members_yuan) filter (where family.is_known)    as members_yuan,
    sum(family.household_yuan) filter (where family.is_known)  as household_yuan,
    count(*) filter (where family.is_known)                    as known_families,
    count(*) filter (where not family.is_known)                as unknown_families,
    count(*) filter (
        where family.is_known and family.members_yuan <> family.household_yuan
    )                                                          as unequal_families,

from family
group by family.category
