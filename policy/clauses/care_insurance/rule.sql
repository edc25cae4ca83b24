-- Helped people whose premium is to be paid in full (by category, or by the latest assessed level), and helped people
-- with such a level for whom no form of care is entered. Without any delivered assessment no care form is missing.
-- The premium itself is left open by the decree: unset, the people are listed without an amount.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.care_premium_categories where valid_from <= as_of) as categories,
        (select arg_max(value, valid_from) from policy.care_premium_levels where valid_from <= as_of) as levels,
        (select arg_max(value, valid_from) from policy.care_insurance_premium where valid_from <= as_of) as premium,
        exists (select 1 from linked.care_assessments) as has_assessments,
    from run.context as context

),

-- Who stands in two families is judged by the category that gives the premium.
helped as (

    select
        helped.*,
        stay.first_month,
        list_contains(figure.categories, helped.category) as by_category,
    from core.helped as helped
    cross join figure
    join core.person_stay as stay
        on stay.person_id = helped.person_id
    anti join core.death as death
        on death.person_id = helped.person_id and death.dates_agree
    qualify row_number() over (
        partition by helped.person_id
        order by by_category desc, helped.certain desc, helped.family_no, helped.row_id
    ) = 1

),

-- Listed, but in no category that gives the premium.
uncovered as (

    select roster.person_id, roster.month
    from core.roster as roster
    cross join figure
    group by roster.person_id, roster.month
    having not bool_or(list_contains(figure.categories, roster.category))

),

-- The current time in a category that gives it: since the last month without one.
covered_since as (

    select helped.person_id, min(delivered.month) as month
    from helped
    join core.roster_month as delivered
        on delivered.month >= helped.first_month
    left join (select person_id, max(month) as month from uncovered group by person_id) as before
        on before.person_id = helped.person_id
    where before.month is null or delivered.month > before.month
    group by helped.person_id

),

assessment as (

    select
        assessed.*,
        list_contains(figure.levels, assessed.level) as by_level,
    from linked.care_assessments as assessed
    cross join figure
    where assessed.assessed_on <= figure.as_of
    qualify row_number() over (
        partition by assessed.person_id order by assessed.assessed_on desc, assessed.row_id desc
    ) = 1

),

judged as (

    select
        helped.*,
        covered_since.month                              as covered_from,
        assessment.by_level,
        if(assessment.by_level, assessment.row_id, null) as assessment_row_id,
        assessment.assessed_on,
        assessment.certain                               as assessment_certain,
        assessment.service,
        case assessment.level when 'severe' then '重度失能' when 'moderate' then '中度失能' else '失能' end as level_said,
        case assessment.service
            when 'home' then '居家护理' when 'institution' then '机构护理' when 'hospital' then '住院护理'
        end                                              as service_said,
    from helped
    left join covered_since
        on covered_since.person_id = helped.person_id
    left join assessment
        on assessment.person_id = helped.person_id
    where helped.by_category or assessment.by_level

)

select
    'premium_in_full'                                                            as condition,
    judged.person_id,
    judged.family_no,
    if(judged.by_category, judged.covered_from, greatest(judged.first_month, judged.assessed_on))::date as first_met_on,
    figure.premium::decimal(12, 2)                                               as amount,
    null::boolean                                                                as national_bar,
    judged.certain and (judged.by_category or judged.assessment_certain)         as certain,
    concat(
        case judged.category
            when 'dibao' then '低保' when 'destitute' then '特困' when 'dibao_edge' then '低保边缘' else '临时救助'
        end, '在册',
        case when judged.by_level then concat('，', judged.assessed_on, ' 评估为', judged.level_said) end,
        '，长期护理保险保费由财政全额补助',
        case when figure.premium is not null then concat('（每年 ', figure.premium::decimal(12, 2), ' 元）') end, '。',
        case when judged.by_level then concat('护理方式：', coalesce(judged.service_said, '没有登记'), '。') end,
        case when not figure.has_assessments then '失能评估从未收到，护理方式未知。' end,
        case when figure.premium is null then '参数“长期护理保险个人保费”未设定，金额未计算。' end
    )                                                                            as summary,
    list_filter([
        struct_pack(row_id := judged.row_id, event_date := judged.month, what := '在救助名册'),
        struct_pack(row_id := judged.assessment_row_id, event_date := judged.assessed_on, what := '失能等级评估')
    ], lambda fact: fact.row_id is not null)                                     as evidence,

from judged
cross join figure

union all

select
    'care_form_missing',
    judged.person_id,
    judged.family_no,
    greatest(judged.first_month, judged.assessed_on)::date,
    null,
    null,
    judged.certain and judged.assessment_certain,
    concat(judged.assessed_on, ' 评估为', judged.level_said, '，没有登记护理方式（住院、机构或居家）。'),
    [
        struct_pack(row_id := judged.row_id, event_date := judged.month, what := '在救助名册'),
        struct_pack(row_id := judged.assessment_row_id, event_date := judged.assessed_on, what := '失能等级评估')
    ],

from judged
where judged.by_level and judged.service is null
