-- One row: the month asked for, whether its roster was delivered, and the delivered month before it.
-- A month that was not delivered is unknown: it must never look like "everybody left".
select
    context.month,
    max(roster_month.month) filter (where roster_month.month < context.month)  as previous_month,
    coalesce(bool_or(roster_month.month = context.month), false)               as is_delivered,

from temp.context as context
left join core.roster_month as roster_month on true
group by context.month
