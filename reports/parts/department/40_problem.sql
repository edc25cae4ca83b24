-- One row per thing to mend in this department's own files.
select data_quality.*
from mart.data_quality as data_quality
join temp.context as context on context.department = data_quality.department
