-- One row per record that says a person has died: cremation, medical certificate, pension ended by death, disability
-- certificate cancelled as dead.
-- first_day and last_day bound the death: a record with a month alone means any day of it, a pension that ended as
-- dead means any day up to the end of that month. A year alone says too little to compare and is left out.
-- A disability certificate cancelled as dead tells no day (first_day and last_day NULL); one merely cancelled tells nothing.
-- said_on is the day or month that stands in the row.
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
    death_date                                                                as said_on,
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
    month           as said_on,
    null::date      as first_day,
    last_day(month) as last_day,

from pension_ended

union all

select
    person_id,
    certain,
    row_id,
    'disability'    as source,
    null::date      as said_on,
    null::date      as first_day,
    null::date      as last_day,

from linked.disability_certificates

where status = 'cancelled_as_dead'
