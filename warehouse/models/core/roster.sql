-- One row per roster line in force, of the delivered months up to the day.
select
    roster.row_id,
    roster.person_id,
    roster.certain,
    roster.month,
    roster.family_no,
    roster.category,
    roster.cause,
    roster.relation,
    roster.start_date,
    roster.person_amount,
    roster.household_amount,
    roster.household_size,
    roster.household_income,
    roster.labour_capacity,
    roster.care_need,
    roster.town,
    roster.community,

from linked.assistance_roster as roster
semi join core.roster_month as delivered
    on delivered.month = roster.month
