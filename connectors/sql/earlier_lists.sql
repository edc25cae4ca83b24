-- One row per delivery of one table that was taken in by an earlier run, the latest first: with which of them a new
-- export can be compared. Deliveries of the same run are left out: the files of many years may arrive together, each
-- lawful in its time.
select
    delivery_id,
    source_file,
    sheet,
    sha256

from raw.delivery
where
    department is not distinct from $department
    and source_table = $source_table
    and status in ('accepted', 'superseded')
    and run_id < $run
    and rows_loaded > 0
order by delivery_id desc
