-- One row per family that is on dibao or edge now: the month in which its income is recomputed. The month of incomes
-- where the family was listed in it, else the latest one: a family new on the roster, or listed under another number
-- since its head died or it split, is not to wait until the contributions of its first month come in.
select
    listed.family_no,
    coalesce(max(listed.month) filter (listed.month = income.month), max(listed.month)) as month,

from core.low_income_member as listed
cross join core.income_month as income
group by listed.family_no
