-- The last ten runs, newest first; a run without an end found nothing new, failed or was killed.
select
    run_id,
    as_of,
    started_at,
    committed_at,
    rows_new

from run.log
order by run_id desc
limit 10
