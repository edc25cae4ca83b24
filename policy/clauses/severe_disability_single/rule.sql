-- One row per adult with a severe disability certificate in force, no work, and not on the latest roster.
-- "No work" needs to have been told: without a single delivery of employment and of contributions nobody is listed,
-- with one of the two the summary names the other. These people were mostly never helped, so the core tables of
-- work, which keep the helped alone, do not hold them.
with

figure as (

    select
        context.as_of,
        (select max(month) from core.roster_month) as roster_month,
        (select arg_max(value, valid_from) from policy.adult_age where valid_from <= as_of) as adult_age,
        (select arg_max(value, valid_from) from policy.severe_disability_grade where valid_from <= as_of) as severe_grade,
        (select arg_max(value, valid_from) from policy.no_contribution_months where valid_from <= as_of) as idle_months,
        exists (select 1 from linked.employment) as has_employment,
        exists (select 1 from core.contribution_month) as has_contributions,
        (select max(month) from core.contribution_month) as contribution_month,
    from run.context as context

),

severe as (

    select
        certificate.person_id,
        certificate.row_id,
        certificate.certain,
        certificate.issued_on,
        certificate.grade,
        person.birth_date,
        (person.birth_date + to_years(figure.adult_age))::date as adult_on,

    from core.disability as certificate
    cross join figure
    join identity.person as person on person.person_id = certificate.person_id
    anti join core.helped as helped on helped.person_id = certificate.person_id
    anti join core.death as death on death.person_id = certificate.person_id and death.source_count > 1
    where certificate.grade <= figure.severe_grade
        and coalesce(person.birth_date + to_years(figure.adult_age) <= figure.as_of, true)
        and figure.roster_month is not null
        and (figure.has_employment or figure.has_contributions)

),

recent_month as (

    select month
    from core.contribution_month
    qualify row_number() over (order by month desc) <= (select idle_months from figure)

),

in_work as (

    select employment.person_id
    from linked.employment as employment
    semi join severe on severe.person_id = employment.person_id
    cross join figure
    where employment.contract_start <= figure.as_of
        and coalesce(case employment.contract_end_precision
            when 'month' then last_day(employment.contract_end)
            when 'year' then make_date(year(employment.contract_end), 12, 31)
            else employment.contract_end
        end >= figure.as_of, true)

    union

    select contribution.person_id
    from linked.contributions as contribution
    semi join severe on severe.person_id = contribution.person_id
    semi join recent_month on recent_month.month = contribution.month
    where contribution.insured_as in ('employee', 'flexible')
        and contribution.paid is distinct from 'unpaid'

),

pensioner as (

    select pension.person_id
    from linked.pensions as pension
    semi join severe on severe.person_id = pension.person_id
    where pension.month <= (select as_of from figure)
    qualify pension.month = max(pension.month) over (partition by pension.person_id)
        and pension.status is distinct from 'ended'

),

last_exit as (

    select person_id, arg_max(reason, (exit_date, row_id)) as reason
    from core.exit
    group by person_id

),

last_listed as (

    select person_id, max(month) as month
    from core.roster
    group by person_id

),

-- One report of a death, or an exit by death or by moving away, takes nobody off the list, but is said.
reported_dead as (

    select person_id from core.death
    union
    select person_id from last_exit where reason = 'death'

),

maybe_listed as (

    select distinct possible.person_id
    from identity.possible_same as possible
    semi join core.helped as helped on helped.person_id = possible.other_person_id

)

select
    'may_apply'                                                                  as condition,
    severe.person_id,
    null::varchar                                                                as family_no,
    greatest(severe.adult_on, severe.issued_on, last_day(last_listed.month) + 1)::date as first_met_on,
    null::decimal(12, 2)                                                         as amount,
    null::boolean                                                                as national_bar,
    severe.certain and severe.birth_date is not null and maybe_listed.person_id is null as certain,
    concat(
        '成年，持有效的 ', severe.grade, ' 级残疾人证，没有就业，不在救助名册。',
        case when severe.birth_date is null then '出生日期未知，是否成年请核对。' end,
        case when last_listed.month is not null then '曾在救助名册，最后一个月 ' || strftime(last_listed.month, '%Y-%m') || '。' end,
        case when maybe_listed.person_id is not null then '名册上可能已有本人的记录，身份待核。' end,
        case when reported_dead.person_id is not null then '有死亡登记尚待核实，请先核对本人是否在世。' end,
        case when last_exit.reason = 'moved' then '退出名册登记为户籍迁出，请先核对户籍。' end,
        case when pensioner.person_id is not null then '有养老待遇，请先核对收入。' end,
        case when not figure.has_employment then '从未收到就业登记，是否就业只看缴费。' end,
        case when figure.contribution_month < figure.roster_month then '缴费数据到 ' || strftime(figure.contribution_month, '%Y-%m') || '。' end,
        case when not figure.has_contributions then '从未收到社会保险缴费，是否就业只看就业登记。' end
    )                                                                            as summary,
    [struct_pack(row_id := severe.row_id, event_date := severe.issued_on, what := '有效的重度残疾人证')] as evidence,

from severe
cross join figure
anti join in_work on in_work.person_id = severe.person_id
left join pensioner on pensioner.person_id = severe.person_id
left join reported_dead on reported_dead.person_id = severe.person_id
left join last_exit on last_exit.person_id = severe.person_id
left join last_listed on last_listed.person_id = severe.person_id
left join maybe_listed on maybe_listed.person_id = severe.person_id
