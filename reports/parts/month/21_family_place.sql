-- One row per family ever on the roster: its latest month; without the community where a member is protected.
select
    household.family_no,
    arg_max(household.head_person_id, household.month)  as head_person_id,
    arg_max(household.category, household.month)        as category,
    arg_max(household.town, household.month)            as town,
    arg_max(household.community, household.month) filter (
        where household.family_no not in (select protected.family_no from temp.protected_family as protected)
    )                                                   as community,

from mart.household as household
group by household.family_no
