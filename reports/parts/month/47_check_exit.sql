-- One row: people who left the roster altogether between the two months, against those of them whose exit the
-- exit register records since the first day of the earlier month.
with

recorded as (

    select distinct exit.person_id
    from core.exit as exit
    cross join temp.period as period
    where exit.exit_date >= period.previous_month
        and exit.exit_date < period.month + interval 1 month

)

select
    count(distinct move.person_id)                                                  as leavers,
    count(distinct move.person_id) filter (where recorded.person_id is not null)    as recorded_leavers,

from temp.person_move as move
left join recorded on recorded.person_id = move.person_id
where move.move = 'exit'
having count(*) > 0
