-- One row per member of working age, with a certificate of severe disability in force, of a household that the latest
-- roster holds under another cause than disability, or under none.
-- Supportive: the later retirement age, and an unknown birth date leaves nobody out. Numbers of residence permits (81,
-- 82, 83) and of permanent residence cards (9) cannot be of local household registration.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.severe_disability_grade where valid_from <= as_of) as severe_grade,
    from run.context as context

),

disabled_family as (

    select distinct family_no
    from core.helped
    where cause = 'disability'

),

first_listed as (

    select roster.family_no, roster.person_id, min(roster.month) as month
    from core.roster as roster
    join core.household_stay as stay
        on stay.family_no = roster.family_no and roster.month >= stay.first_month
    group by roster.family_no, roster.person_id

),

member as (

    select helped.*
    from core.helped as helped
    join identity.person as person on person.person_id = helped.person_id
    anti join disabled_family on disabled_family.family_no = helped.family_no
    anti join core.death as death on death.person_id = helped.person_id and death.dates_agree
    where coalesce(left(person.id_no, 2) not in ('81', '82', '83') and left(person.id_no, 1) <> '9', true)
    qualify row_number() over (
        partition by helped.person_id, helped.family_no order by helped.certain desc, helped.row_id
    ) = 1

)

select
    'disability_candidate'                                                       as condition,
    member.person_id,
    member.family_no,
    greatest(first_listed.month, certificate.issued_on, age.from_day)::date      as first_met_on,
    null::decimal(12, 2)                                                         as amount,
    null::boolean                                                                as national_bar,
    member.certain and certificate.certain and age.person_id is not null         as certain,
    concat(
        '劳动年龄内的成员持有效的 ', certificate.grade, ' 级残疾人证，家庭登记为',
        case member.category
            when 'dibao' then '低保' when 'dibao_edge' then '低保边缘' when 'destitute' then '特困' else '临时救助'
        end,
        '，致困原因', if(member.cause is null, '没有登记', '登记为其他'), '。',
        case when age.person_id is null then '出生日期未知，是否在劳动年龄内请核对。' end
    )                                                                            as summary,
    [
        struct_pack(row_id := member.row_id, event_date := member.month, what := '在救助名册'),
        struct_pack(row_id := certificate.row_id, event_date := certificate.issued_on, what := '有效的重度残疾人证')
    ]                                                                            as evidence,

from member
cross join figure
join core.disability as certificate on certificate.person_id = member.person_id
join first_listed on first_listed.family_no = member.family_no and first_listed.person_id = member.person_id
left join core.working_age as age on age.person_id = member.person_id

where certificate.grade <= figure.severe_grade
    and (age.person_id is null or figure.as_of >= age.from_day and figure.as_of < age.until_higher)
