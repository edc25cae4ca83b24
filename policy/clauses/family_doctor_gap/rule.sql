-- Helped people without a valid family-doctor contract, and helped people who cannot leave their bed without care.
-- A table that was never delivered says nothing: without contracts no contract gap, without assessments no care gap.
-- A contract without an end date counts as valid. A contract of a possible other self makes the gap probable.
-- Care in a hospital or an institution is care: only a missing form, or none assessed, is listed.
with

helped as (

    select
        helped.person_id,
        helped.family_no,
        helped.certain,
        helped.row_id,
        helped.month,
        stay.first_month,

    from core.helped as helped
    join core.person_stay as stay on stay.person_id = helped.person_id
    anti join core.death as death on death.person_id = helped.person_id and death.dates_agree

    qualify row_number() over (partition by helped.person_id order by helped.certain desc, helped.family_no, helped.row_id) = 1

),

contract as (

    select
        signed.person_id,
        signed.row_id,
        signed.certain,
        signed.valid_until,
        coalesce(signed.valid_until >= context.as_of, true) as is_valid,

    from linked.family_doctor_contracts as signed
    join run.context as context on signed.signed_on <= context.as_of

    qualify row_number() over (
        partition by signed.person_id order by is_valid desc, signed.valid_until desc, signed.signed_on desc, signed.row_id
    ) = 1

),

doubtful as (

    select distinct possible.person_id
    from identity.possible_same as possible
    join contract on contract.person_id = possible.other_person_id
    where contract.is_valid

),

without_contract as (

    select
        helped.*,
        contract.row_id                 as contract_row_id,
        contract.valid_until,
        contract.certain                as contract_certain,
        doubtful.person_id is not null  as is_doubtful,

    from helped
    left join contract on contract.person_id = helped.person_id
    left join doubtful on doubtful.person_id = helped.person_id

    where contract.is_valid is distinct from true
        and exists (select 1 from linked.family_doctor_contracts)

),

assessment as (

    select assessed.*
    from linked.care_assessments as assessed
    join run.context as context on assessed.assessed_on <= context.as_of
    qualify row_number() over (partition by assessed.person_id order by assessed.assessed_on desc, assessed.row_id desc) = 1

),

bedridden as (

    select
        helped.*,
        assessment.row_id              as assessment_row_id,
        assessment.assessed_on,
        assessment.certain             as assessment_certain,
        assessment.level is not distinct from 'severe' as assessment_says,
        roster.care_need is not distinct from 'full'   as roster_says,

    from helped
    join core.roster as roster on roster.row_id = helped.row_id
    left join assessment on assessment.person_id = helped.person_id

    where (assessment_says or roster_says)
        and assessment.service is null
        and exists (select 1 from linked.care_assessments)

)

select
    if(contract_row_id is null, 'no_contract', 'contract_expired')             as condition,
    person_id,
    family_no,
    greatest(first_month, valid_until + 1)::date                               as first_met_on,
    null::decimal(12, 2)                                                       as amount,
    null::boolean                                                              as national_bar,
    certain and contract_certain is distinct from false and not is_doubtful    as certain,
    concat(
        '在救助名册，',
        coalesce('家庭医生签约已到期：有效期至 ' || valid_until::date, '没有家庭医生签约记录'),
        if(is_doubtful, '；另有一份可能属于本人的有效签约，身份待核', '')
    )                                                                          as summary,
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
    if(roster_says, first_month, greatest(first_month, assessed_on))::date     as first_met_on,
    null::decimal(12, 2)                                                       as amount,
    null::boolean                                                              as national_bar,
    certain and assessment_certain is distinct from false                      as certain,
    if(assessment_says, '评估为重度失能', '救助名册登记为全护理') || '，没有登记居家护理或其他护理方式' as summary,
    list_filter([
        struct_pack(row_id := row_id, event_date := month, what := '在救助名册'),
        struct_pack(row_id := assessment_row_id, event_date := assessed_on, what := '失能等级评估')
    ], lambda fact: fact.row_id is not null)                                   as evidence,

from bedridden
