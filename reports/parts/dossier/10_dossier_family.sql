-- One row per family on the latest delivered roster up to the month: those a dossier is kept for.
select
    household.family_no,
    household.month,
    household.category,
    household.cause,
    household.town,
    household.community,
    household.members,
    household.household_amount,

from core.household as household
where household.month = (
    select max(roster_month.month)
    from core.roster_month as roster_month
    join temp.context as context on roster_month.month <= context.month
)
