-- One row per delivery that is refused now, with the reason its department needs.
select
    department,
    source_file,
    sheet,
    reason

from raw.delivery
where status = 'refused'
order by department, source_file, sheet
