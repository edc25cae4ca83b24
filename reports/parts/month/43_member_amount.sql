-- One row per family of the month: the sum of its members' own amounts against its household amount. An empty amount
-- is unknown, not nothing: then the two cannot be compared.
select
    roster.family_no,
    household.category,
    household.town,
    household.head_person_id,
    sum(roster.person_amount)                                  as members_yuan,
    max(roster.household_amount)                               as household_yuan,
    bool_and(roster.person_amount is not null)
        and bool_or(roster.household_amount is not null)       as is_known,

from core.roster as roster
join temp.period as period on roster.month = period.month
join core.household as household
    on household.family_no = roster.family_no
    and household.month = roster.month
group by roster.family_no, household.category, household.town, household.head_person_id
