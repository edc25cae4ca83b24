-- One row per record that says a person has died: cremation, medical certificate, pension ended by death.
-- first_day and last_day bound the death: a record with a month alone means any day of it, a pension that ended as
-- dead means any day up to the end of that month. A year alone says too little to compare and is left out.
-- A disability certificate that was cancelled does not say why it was: no report of a death.
with

dated as (

    select person_id, certain, row_id, 'cremation' as source, death_date, death_date_precision as precision
    from linked.deaths

    union all

    select person_id, certain, row_id, 'certificate' as source, death_date, death_date_precision as precision
    from linked.death_certificates

),

pension_ended as (

    select
        person_id,
        certain,
        row_id,
        month,

    from linked.pensions

    where end_reason = 'death'
        and status is distinct from 'paid'
        and month <= (select as_of from run.context)

    -- the list repeats an ended pension each month: the first mention is the fact
    qualify row_number() over (partition by person_id, certain order by month, row_id) = 1

)

select
    person_id,
    certain,
    row_id,
    source,
    death_date                                                                as first_day,
    case when precision = 'month' then last_day(death_date) else death_date end as last_day,

from dated

where death_date <= (select as_of from run.context)
    and precision is distinct from 'year'

union all

select
    person_id,
    certain,
    row_id,
    'pension'       as source,
    null::date      as first_day,
    last_day(month) as last_day,

from pension_ended
