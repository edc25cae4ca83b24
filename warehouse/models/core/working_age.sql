-- One row per person ever helped whose birth date is known: the days of working age, by the schedule in force today.
-- A woman's class is not exported: adverse rules take until_lower, supportive ones until_higher (due-process 6).
-- Where the sex is unknown the two are the lowest and the highest of all classes.
with

concerned as (

    select distinct person_id from core.possible_self

),

schedule as (

    select *
    from policy.retirement
    where valid_from <= (select as_of from run.context)
    qualify valid_from = max(valid_from) over (partition by class)

),

minimum as (

    select arg_max(value, valid_from) as years
    from policy.working_age_minimum
    where valid_from <= (select as_of from run.context)

),

retiring as (

    select
        person.person_id,
        person.birth_date,
        minimum.years,
        (person.birth_date + to_months(schedule.original_months))::date as original,
        schedule.reform_start,
        schedule.step_months,
        schedule.cap_months,

    from identity.person as person
    semi join concerned on concerned.person_id = person.person_id
    join schedule on schedule.sex = coalesce(person.sex, schedule.sex)
    cross join minimum
    where person.birth_date is not null

)

select
    person_id,
    any_value(birth_date + to_years(years))::date as from_day,
    min(original + to_months(case
        when original < reform_start then 0
        else least(cap_months, date_diff('month', reform_start, original) // step_months + 1)
    end))::date                                   as until_lower,
    max(original + to_months(case
        when original < reform_start then 0
        else least(cap_months, date_diff('month', reform_start, original) // step_months + 1)
    end))::date                                   as until_higher,

from retiring
group by person_id
