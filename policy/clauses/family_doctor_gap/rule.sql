-- Helped people without a valid family-doctor contract, and helped people who cannot leave their bed without care.
-- A table that was never delivered says nothing: without contracts no contract gap, without assessments no care gap.
-- A contract without an end date counts as valid. A contract of a possible other self makes the gap probable.
-- Care in a hospital or an institution is care: only a missing form, or none assessed, is listed.
with

counted_month as (

    select month, row_number() over (order by month) as number
    from core.roster_month

),

stay as (

    -- unbroken delivered months in any category; the stay that reaches the latest month is the current one
    select person_id, min(month) as first_month, max(month) as last_month
    from (
        select listed.person_id, listed.month, counted_month.number - row_number() over (
            partition by listed.person_id order by listed.month
        ) as island
        from (select distinct person_id, month from core.roster) as listed
        join counted_month on counted_month.month = listed.month
    )
    group by person_id, island

),

helped as (

    select
        helped.person_id,
        helped.family_no,
        helped.certain,
        helped.row_id,
        helped.month,
        stay.first_month,

    from core.helped as helped
    join stay on stay.person_id = helped.person_id and stay.last_month = helped.month
    anti join core.death as death
        on death.person_id = helped.person_id
        and death.certain_source_count >= 2
        and death.dates_agree

    qualify row_number() over (partition by helped.person_id order by helped.certain desc, helped.family_no, helped.row_id) = 1

),

contract as (

    select
        person_id,
        row_id,
        certain,
        signed_on,
        valid_until,
        coalesce(valid_until >= (select as_of from run.context), true) as is_valid,

    from linked.family_doctor_contracts

    where signed_on <= (select as_of from run.context)

),

latest_contract as (

    select *
    from contract
    qualify row_number() over (partition by person_id order by is_valid desc, valid_until desc, signed_on desc, row_id) = 1

),

doubtful as (

    select distinct possible.person_id
    from identity.possible_same as possible
    join contract on contract.person_id = possible.other_person_id and contract.is_valid

),

without_contract as (

    select
        if(latest_contract.person_id is null, 'no_contract', 'contract_expired')        as condition,
        helped.*,
        latest_contract.row_id                                                          as contract_row_id,
        latest_contract.valid_until,
        coalesce(latest_contract.certain, true)                                         as contract_certain,
        helped.person_id in (select person_id from doubtful)                            as is_doubtful,

    from helped
    left join latest_contract on latest_contract.person_id = helped.person_id

    where not coalesce(latest_contract.is_valid, false)
        and exists (select 1 from linked.family_doctor_contracts)

),

assessment as (

    select *
    from linked.care_assessments
    where assessed_on <= (select as_of from run.context)
    qualify row_number() over (partition by person_id order by assessed_on desc, row_id desc) = 1

),

bedridden as (

    select
        helped.*,
        roster.care_need is not distinct from 'full'   as roster_says,
        assessment.row_id                              as assessment_row_id,
        assessment.assessed_on,
        assessment.level is not distinct from 'severe' as assessment_says,
        coalesce(assessment.certain, true)             as assessment_certain,

    from helped
    join core.roster as roster on roster.row_id = helped.row_id
    left join assessment on assessment.person_id = helped.person_id

    where (assessment.level = 'severe' or roster.care_need = 'full')
        and assessment.service is null
        and exists (select 1 from linked.care_assessments)

)

select
    condition,
    person_id,
    family_no,
    greatest(first_month, valid_until + 1)::date                               as first_met_on,
    null::decimal(12, 2)                                                       as amount,
    null::boolean                                                              as national_bar,
    certain and contract_certain and not is_doubtful                           as certain,
    if(
        condition = 'no_contract',
        '在救助名册，没有家庭医生签约记录',
        '在救助名册，家庭医生签约已到期：有效期至 ' || valid_until::date
    ) || if(is_doubtful, '；另有一份可能属于本人的有效签约，身份待核', '')        as summary,
    list_filter([
        struct_pack(row_id := row_id, event_date := month, what := '在救助名册'),
        struct_pack(row_id := contract_row_id, event_date := valid_until, what := '最近一次签约到期')
    ], lambda fact: fact.row_id is not null)                                   as evidence,

from without_contract

union all

select
    'bedridden_without_home_care'                                              as condition,
    person_id,
    family_no,
    greatest(first_month, if(assessment_says and not roster_says, assessed_on, first_month))::date as first_met_on,
    null::decimal(12, 2)                                                       as amount,
    null::boolean                                                              as national_bar,
    certain and assessment_certain                                             as certain,
    if(assessment_says, '评估为重度失能', '救助名册登记为全护理') || '，没有登记居家护理或其他护理方式' as summary,
    list_filter([
        struct_pack(row_id := row_id, event_date := month, what := '在救助名册'),
        struct_pack(row_id := assessment_row_id, event_date := assessed_on, what := '失能等级评估')
    ], lambda fact: fact.row_id is not null)                                   as evidence,

from bedridden
