-- The facts under a finding with their places.
select
    event_date,
    what,
    department,
    source_file,
    sheet,
    source_row,

from mart.finding_evidence

where finding_id = $finding

order by position
