-- One row per act by which a person turned to work, up to the day: between first_day and last_day it happened.
-- Acts protect: an unreadable part of a date, or an unknown payment mark, is read in the person's favour,
-- and rows of probable links are here too (certain says which).
with

dated as (

    select
        registered_on as first_day,
        registered_on as last_day,
        registered_on_precision as precision,
        'job_seeking' as act,
        row_id,
        person_id,
        certain,
    from linked.job_seeking

    union all

    -- Accepted between the referral and its answer.
    select
        referral_date,
        greatest(referral_date, feedback_date),
        referral_date_precision,
        case outcome when 'hired' then 'hired' else 'accepted' end,
        row_id,
        person_id,
        certain,
    from linked.job_referrals
    where outcome in ('accepted', 'hired')

    union all

    -- A course whose beginning is unknown may have begun on any day.
    select
        coalesce(start_date, date '1900-01-01'),
        coalesce(start_date, end_date, (select as_of from run.context)),
        start_date_precision,
        'training',
        row_id,
        person_id,
        certain,
    from linked.training

    union all

    -- Starting work is the act; whoever is still employed on a later day has acted until then.
    select
        starts_on,
        coalesce(ends_on, (select as_of from run.context)),
        'day',
        'employment',
        row_id,
        person_id,
        certain,
    from core.employment

    union all

    -- The day within a paid month is unknown.
    select
        month,
        last_day(month),
        'day',
        'contribution',
        row_id,
        person_id,
        certain,
    from core.contribution
    where insured_as in ('employee', 'flexible') and paid is distinct from 'unpaid'

)

select
    dated.row_id,
    dated.person_id,
    dated.certain,
    dated.act,
    dated.first_day,
    case dated.precision
        when 'month' then greatest(last_day(dated.last_day), last_day(dated.first_day))
        when 'year' then greatest(dated.last_day, make_date(year(dated.first_day), 12, 31))
        else dated.last_day
    end as last_day,

from dated
semi join core.possible_self as concerned
    on concerned.self_id = dated.person_id
where dated.first_day <= (select as_of from run.context)
