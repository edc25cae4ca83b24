-- One row per town that gets a workbook: on the month's roster, or with an open matter of somebody who lives there, or
-- with somebody to visit.
select distinct household.town
from core.household as household
join temp.context as context on household.month = context.month
where household.town is not null

union

select distinct subject.town
from temp.subject as subject
where subject.is_open and subject.town is not null

union

select distinct place.town
from mart.follow_up as follow_up
join temp.place as place on place.person_id = follow_up.person_id
where place.town is not null

order by town
