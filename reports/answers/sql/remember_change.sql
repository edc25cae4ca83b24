-- One row per finding whose state an answer changed. The day is the run's, as for what the system itself notes.
insert into findings.history
select
    changed.finding_id,
    context.as_of::timestamp as changed_at,
    changed.state,
    changed."by",
    changed.why,

from changes_now as changed
cross join run.context as context
