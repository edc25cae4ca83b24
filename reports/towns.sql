-- One row per town that gets a workbook: on the month's roster, or with an open matter of somebody who lives there.
select distinct household.town
from core.household as household
join temp.context as context on household.month = context.month
where household.town is not null

union

select distinct subject.town
from temp.subject as subject
where subject.is_open and subject.town is not null

order by town
