-- One row per person on the latest delivered roster: may the person work (is_able_to_work: working age, able, no
-- pension, alive), and does the person work (in_work: the dead do not, however long their registration runs on)?
-- For supportive rules: the higher retirement age holds, a woman's class being unknown, and a record of a possible
-- other self (may_be_in_work) makes a gap probable, not certain.
-- last_work_on: the last day of any registered employment or paid contribution month, up to the day; any_work_on: that
-- of a possible other self among them.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.severe_disability_grade where valid_from <= as_of) as severe_grade,
        (select arg_max(value, valid_from) from policy.no_contribution_months where valid_from <= as_of) as idle_months,
    from run.context as context

),

idle_from as (

    select min(month) as month
    from (select month, row_number() over (order by month desc) as place from core.contribution_month)
    where place <= (select idle_months from figure)

),

placed as (

    select
        roster.person_id,
        roster.family_no,
        roster.month,
        roster.row_id,
        roster.certain,
        roster.labour_capacity,
    from core.helped as helped
    join core.roster as roster
        on roster.row_id = helped.row_id
    qualify row_number() over (
        partition by roster.person_id order by roster.certain desc, roster.family_no, roster.row_id
    ) = 1

),

-- A pension that was not ended when last seen overrides the computed age.
pensioner as (

    select pension.person_id
    from linked.pensions as pension
    semi join placed
        on placed.person_id = pension.person_id
    where pension.month <= (select as_of from figure)
    qualify pension.month = max(pension.month) over (partition by pension.person_id)
        and pension.status is distinct from 'ended'

),

-- Asked only where the roster is silent on labour capacity. Expired does not mean recovered, but a milder grade in a
-- later certificate in force does.
unable as (

    select severe.person_id
    from linked.disability_certificates as severe
    anti join core.disability as milder
        on milder.person_id = severe.person_id
        and milder.grade > (select severe_grade from figure)
        and milder.issued_on > severe.issued_on
    where severe.grade <= (select severe_grade from figure)
        and coalesce(severe.status, 'valid') not in ('cancelled', 'cancelled_as_dead')

    union

    select person_id
    from linked.care_assessments
    where assessed_on <= (select as_of from figure)
    qualify assessed_on = max(assessed_on) over (partition by person_id) and level = 'severe'

    union

    select person_id
    from core.roster
    where labour_capacity is not null
    qualify month = max(month) over (partition by person_id) and labour_capacity = 'none'

),

work as (

    select
        employment.person_id,
        employment.row_id,
        least(coalesce(employment.ends_on, figure.as_of), figure.as_of) as last_day,
        coalesce(employment.ends_on >= figure.as_of, true) as is_now,
    from core.employment as employment
    cross join figure

    union all

    select
        contribution.person_id,
        contribution.row_id,
        least(last_day(contribution.month), figure.as_of),
        contribution.month >= idle_from.month,
    from core.contribution as contribution
    cross join figure
    cross join idle_from
    where contribution.insured_as in ('employee', 'flexible')
        and contribution.paid is distinct from 'unpaid'

),

worked as (

    select
        self.person_id,
        coalesce(bool_or(work.is_now) filter (not self.doubtful), false) as in_work,
        coalesce(bool_or(work.is_now) filter (self.doubtful), false) as may_be_in_work,
        max(work.last_day) as any_work_on,
        max(work.last_day) filter (not self.doubtful) as last_work_on,
        arg_max(work.row_id, (work.last_day, work.row_id)) filter (not self.doubtful) as last_work_row_id,
    from core.possible_self as self
    join work
        on work.person_id = self.self_id
    group by self.person_id

)

select
    placed.*,
    stay.first_month,
    age.from_day,
    coalesce(
        figure.as_of >= age.from_day
            and figure.as_of < age.until_higher
            and (
                placed.labour_capacity in ('full', 'partial')
                or (placed.labour_capacity is null and unable.person_id is null)
            )
            and pensioner.person_id is null
            and death.person_id is null,
        false
    ) as is_able_to_work,
    coalesce(worked.in_work, false) and death.person_id is null as in_work,
    coalesce(worked.may_be_in_work, false) and death.person_id is null as may_be_in_work,
    worked.any_work_on,
    worked.last_work_on,
    worked.last_work_row_id,

from placed
cross join figure
join core.person_stay as stay
    on stay.person_id = placed.person_id
left join core.working_age as age
    on age.person_id = placed.person_id
left join unable
    on unable.person_id = placed.person_id
left join pensioner
    on pensioner.person_id = placed.person_id
left join core.death as death
    on death.person_id = placed.person_id
    and death.certain_source_count >= 2
    and death.dates_agree
left join worked
    on worked.person_id = placed.person_id
