-- One row per person ever helped, month up to the day, and record that says the person was in paid work that month:
-- a contribution as employee or flexible worker (income: the base), or a registered employment in force (income: the
-- wage). income NULL: not given. Wages and bases are set beside the month they belong to, never averaged.
-- is_sure: read against the person (a mark of payment given, the shortest employment the dates allow).
-- Registrations with one employer in one month are one employment (a contract renewed before the older one was closed,
-- two rows of one key): the latest speaks, of several the lower wage, or the wage would be counted twice.
with

listed_month as (

    select month from core.roster_month

),

employed as (

    select
        employment.person_id,
        listed_month.month,
        employment.post_type,
        employment.row_id,
        employment.certain,
        nullif(employment.monthly_wage, 0) as income,
        employment.contract_start,
        upper(regexp_replace(employment.employer, '[^\p{L}\p{N}]', '', 'g')) as employer_key,
        case coalesce(employment.contract_start_precision, 'day')
            when 'month' then last_day(employment.contract_start)
            when 'year' then make_date(year(employment.contract_start), 12, 31)
            else employment.contract_start
        end <= last_day(listed_month.month)
        and coalesce(case employment.contract_end_precision
            when 'month' then date_trunc('month', employment.contract_end)
            when 'year' then date_trunc('year', employment.contract_end)
            else employment.contract_end
        end >= listed_month.month, true) as is_sure,

    from linked.employment as employment
    join core.employment as bounded on bounded.row_id = employment.row_id
    join listed_month
        on bounded.starts_on <= last_day(listed_month.month)
        and (bounded.ends_on is null or bounded.ends_on >= listed_month.month)
    semi join (select distinct person_id from core.possible_self where not doubtful) as concerned
        on concerned.person_id = employment.person_id
    qualify row_number() over (
        partition by employment.person_id, listed_month.month, coalesce(employer_key, employment.row_id::varchar)
        order by employment.certain desc, is_sure desc, income is null, employment.contract_start desc, income,
            employment.row_id
    ) = 1

)

select
    contribution.person_id,
    contribution.month,
    'contribution'             as source,
    contribution.insured_as    as kind,
    contribution.row_id,
    contribution.certain,
    nullif(contribution.base, 0) as income,
    contribution.month         as event_date,
    coalesce(contribution.paid = 'paid', false) as is_sure,

from linked.contributions as contribution
semi join (select distinct person_id from core.possible_self where not doubtful) as concerned
    on concerned.person_id = contribution.person_id
where contribution.insured_as in ('employee', 'flexible')
    and contribution.paid is distinct from 'unpaid'
    and contribution.month in (select month from listed_month)

union all

select
    person_id,
    month,
    'employment'               as source,
    post_type                  as kind,
    row_id,
    certain,
    income,
    contract_start             as event_date,
    is_sure,

from employed
