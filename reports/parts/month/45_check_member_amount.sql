-- One row per category: the members' own amounts against the household amounts of the same families.
-- Only families whose amounts are all known.
select
    family.category,
    sum(family.members_yuan) filter (where family.is_known)    as members_yuan,
    sum(family.household_yuan) filter (where family.is_known)  as household_yuan,
    count(*) filter (where not family.is_known)                as unknown_families,
    count(*) filter (
        where family.is_known and family.members_yuan <> family.household_yuan
    )                                                          as unequal_families,

from temp.member_amount as family
group by family.category
