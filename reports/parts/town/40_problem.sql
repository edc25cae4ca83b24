-- One row per thing to mend in a row of the roster that says this town.
select data_quality.*
from mart.data_quality as data_quality
join core.roster as roster
    on roster.row_id = data_quality.delivery_id::bigint * 1000000000 + data_quality.source_row
join temp.context as context on context.town = roster.town
