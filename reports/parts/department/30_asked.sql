-- One row per identity question put to this department.
select question.*
from temp.question as question
join temp.context as context on context.department = question.department
