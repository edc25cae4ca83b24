-- One row: the facts about one person, on the day of the run, from which the reasons for "not listed" are told.
-- Facts of work and age that the core tables keep for people ever helped alone are unknown (NULL) for others.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.burden_months where valid_from <= as_of)            as cost_months,
        (select arg_max(value, valid_from) from policy.training_gap_months where valid_from <= as_of)      as gap_months,
        (select arg_max(value, valid_from) from policy.severe_disability_grade where valid_from <= as_of)  as severe_grade,
        (select arg_max(value, valid_from) from policy.monitoring_window_months where valid_from <= as_of) as window_months,
        (select arg_max(value, valid_from) from policy.adult_age where valid_from <= as_of)                as adult_age,
        (select arg_max(value, valid_from) from policy.dwelling_limit where valid_from <= as_of)           as dwelling_limit,
    from run.context as context

),

family as (

    select distinct helped.person_id, helped.family_no
    from core.helped as helped
    semi join core.helped as own on own.family_no = helped.family_no and own.person_id = $person

),

referral as (

    select
        count(*)                                                as referrals,
        count(*) filter (where outcome = 'refused')             as refusals,
        count(*) filter (where outcome = 'no_contact')          as not_reached,
        count(*) filter (where outcome = 'not_hired')           as declined,
        max(referral_date) filter (where outcome = 'refused')   as last_refusal_on,
    from linked.job_referrals
    where person_id = $person
        and referral_date <= (select as_of from figure)

),

spent as (

    select
        count(*)                                                                          as settlements,
        count(*) filter (where settled_on > figure.as_of - to_months(figure.cost_months)) as recent_settlements,
    from linked.medical_settlements
    cross join figure
    where person_id = $person
        and settled_on <= figure.as_of

)

select
    figure.*,
    exists (select 1 from core.roster where person_id = $person)                                    as ever_listed,
    exists (select 1 from core.roster where person_id = $person and category = 'dibao')             as ever_dibao,
    exists (select 1 from family where person_id = $person)                                         as listed_now,
    exists (select 1 from core.helped where person_id = $person and category = 'dibao')             as dibao_now,
    exists (select 1 from core.helped where person_id = $person
        and category in ('dibao', 'dibao_edge'))                                                    as reckoned_now,
    exists (select 1 from core.helped where person_id = $person
        and cause in ('illness', 'sudden_illness'))                                                 as ill_by_roster,
    exists (select 1 from core.helped where person_id = $person and cause = 'disability')           as disabled_by_roster,
    (select max(exit_date) from core.exit where person_id = $person)                                as left_on,
    exists (select 1 from core.exit where person_id = $person
        and reason not in ('death', 'moved', 'refusal'))                                            as left_to_follow,
    (select max(grace_until) from core.exit where person_id = $person)                              as grace_until,
    (select source_count from core.death where person_id = $person)                                 as death_sources,
    coalesce((select certain_source_count >= 2 and dates_agree from core.death
        where person_id = $person), false)                                                          as death_agreed,
    (select grade from core.disability where person_id = $person)                                   as grade,
    exists (select 1 from core.disability where person_id = $person)                                as certified,
    (select birth_date + to_years(figure.adult_age) <= figure.as_of from identity.person
        where person_id = $person)                                                                  as is_adult,
    (select figure.as_of >= from_day and figure.as_of < until_higher from core.working_age
        where person_id = $person)                                                                  as of_working_age,
    (select figure.as_of >= from_day and figure.as_of < until_lower from core.working_age
        where person_id = $person)                                                                  as surely_of_working_age,
    (select is_able_to_work from core.labour_force where person_id = $person)                       as is_able,
    (select in_work from core.labour_force where person_id = $person)                               as in_work,
    (select last_work_on from core.labour_force where person_id = $person)                          as last_work_on,
    exists (select 1 from core.labour_force as labour join family using (person_id)
        where labour.is_able_to_work)                                                               as family_has_able,
    exists (select 1 from core.labour_force as labour join family using (person_id)
        where labour.in_work)                                                                       as family_has_work,
    exists (select 1 from core.nursing_need as need join family using (person_id)
        where need.month = (select max(month) from core.roster_month))                              as family_has_need,
    exists (select 1 from core.month_income where person_id = $person
        and month = (select month from core.income_month))                                          as earns,
    exists (select 1 from core.earning as earning join core.roster as roster using (person_id, month)
        where earning.person_id = $person and roster.category = 'dibao')                            as earned_on_dibao,
    (select max(coalesce(end_date, start_date)) from linked.training where person_id = $person
        and coalesce(start_date <= figure.as_of, true))                                             as trained_on,
    exists (select 1 from core.employment where person_id = $person
        and post_type = 'public_welfare')                                                           as had_public_post,
    exists (select 1 from core.employment where person_id = $person
        and starts_on >= date_trunc('year', figure.as_of))                                          as hired_this_year,
    exists (select 1 from core.contribution where person_id = $person
        and insured_as = 'flexible' and paid is distinct from 'unpaid')                             as paid_flexible,
    (select max(coalesce(valid_until, date '9999-12-31')) from linked.family_doctor_contracts
        where person_id = $person and signed_on <= figure.as_of)                                    as doctor_until,
    exists (select 1 from linked.dangerous_houses where person_id = $person)                        as in_house_ledger,
    exists (select 1 from linked.dangerous_houses where person_id = $person
        and treatment = 'demolish')                                                                 as house_demolished,
    (select count(distinct certificate_key) from core.dwelling as dwelling join family using (person_id)
        where not dwelling.may_be_dwelling)                                                         as family_dwellings,
    (select count(distinct family_no) from core.helped where person_id = $person)                   as families_now,
    referral.*,
    spent.*,

from figure
cross join referral
cross join spent
