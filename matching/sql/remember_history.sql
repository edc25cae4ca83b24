-- One row per change of a person in this run, as the history keeps it for ever.
select
    history.person_id,
    history.change,
    history.other_person_id,
    (select max(run_id) from run.context) as run_id,

from matching_history as history
