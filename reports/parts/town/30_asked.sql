-- One row per identity question Civil Affairs is asked about somebody who lives in this town.
select question.*
from temp.question as question
join temp.place as place on place.person_id = question.own_person_id
join temp.context as context on context.town = place.town
where question.department = 'civil_affairs'
