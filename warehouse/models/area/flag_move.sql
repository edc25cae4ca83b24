-- One row per time a flag was opened (found, or found again after it was closed) or closed.
-- days_open: from the last time it was opened to the day it was closed.
with

step as (

    select
        flag.*,
        history.changed_at,
        history.rowid                                    as step_no,
        history.state in ('属实', '不属实', '已过期')      as is_closed,

    from findings.history as history
    join area.flag as flag on flag.finding_id = history.finding_id

),

move as (

    select *
    from step
    qualify coalesce(is_closed <> lag(is_closed) over (partition by finding_id order by step_no), true)

)

select
    finding_id,
    flag,
    subject,
    town,
    community,
    date_trunc('month', changed_at)::date                as month,
    is_closed,
    case when is_closed then date_diff('day', lag(changed_at) over (partition by finding_id order by step_no), changed_at) end
                                                         as days_open,

from move
