-- One row: people who left the roster altogether between the two months, against those of them whose exit the
-- exit register records since the first day of the earlier month.
with

leaver as (

    select distinct move.person_id
    from temp.person_move as move
    where move.move = 'exit'
        and not exists (
            select 1
            from core.roster as roster
            join temp.period as period on roster.month = period.month
            where roster.person_id = move.person_id
        )

),

recorded as (

    select distinct exit.person_id
    from core.exit as exit
    cross join temp.period as period
    where exit.exit_date >= period.previous_month
        and exit.exit_date < period.month + interval 1 month

)

select
    count(*)                    as leavers,
    count(recorded.person_id)   as recorded_leavers,

from leaver
left join recorded on recorded.person_id = leaver.person_id
having count(*) > 0
