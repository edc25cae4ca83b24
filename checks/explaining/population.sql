-- Per rule, whether the person is among those it looks at, and if not, why. A rule without a row looks at everybody.
with

fact as (

    select
        exists (select 1 from core.roster where person_id = $person)                                    as ever_listed,
        exists (select 1 from core.helped where person_id = $person)                                    as listed_now,
        exists (select 1 from core.helped where person_id = $person and category = 'dibao')             as dibao_now,
        exists (select 1 from core.exit where person_id = $person)                                      as ever_left,
        exists (select 1 from core.exit where person_id = $person and grace_until is not null)          as had_grace,
        exists (select 1 from core.roster where person_id = $person and category = 'dibao')             as ever_dibao,
        exists (select 1 from core.death where person_id = $person)                                     as reported_dead,
        exists (select 1 from linked.job_referrals where person_id = $person and outcome = 'refused')   as ever_refused,
        exists (select 1 from linked.dangerous_houses where person_id = $person)                        as owns_house,
        exists (select 1 from core.disability where person_id = $person)                                as certified,

)

select
    unnest.rule,
    unnest.why,

from fact
cross join unnest([
    struct_pack(rule := 'work_refusal', why := case
        when not dibao_now then '目前不在低保名册'
        when not ever_refused then '没有拒绝职业介绍的登记' end),
    struct_pack(rule := 'relapse', why := if(ever_left, null, '没有退出救助的登记')),
    struct_pack(rule := 'grace_period', why := if(had_grace, null, '没有缓退登记')),
    struct_pack(rule := 'deceased_on_roster', why := if(reported_dead, null, '没有任何部门登记死亡')),
    struct_pack(rule := 'paid_after_exit', why := if(ever_left or ever_dibao, null, '没有退出登记，也没有在低保名册')),
    struct_pack(rule := 'double_enrolment', why := if(ever_listed, null, '从未在救助名册')),
    struct_pack(rule := 'dangerous_house', why := case
        when not listed_now then '目前不在救助名册'
        when not owns_house then '危险房屋治理台账中没有本人的房屋' end),
    struct_pack(rule := 'care_income_disregard', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'work_cost_disregard', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'severe_disability_single', why := case
        when listed_now then '目前在救助名册'
        when not certified then '没有有效的残疾人证' end),
    struct_pack(rule := 'working_on_dibao', why := if(ever_dibao, null, '从未在低保名册')),
    struct_pack(rule := 'housing_gap', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'expropriation_priority', why := case
        when not listed_now then '目前不在救助名册'
        when not owns_house then '危险房屋治理台账中没有本人的房屋' end),
    struct_pack(rule := 'property_on_dibao', why := if(dibao_now, null, '目前不在低保名册')),
    struct_pack(rule := 'target_illness', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'target_disability', why := case
        when not listed_now then '目前不在救助名册'
        when not certified then '没有有效的残疾人证' end),
    struct_pack(rule := 'target_sudden_illness', why := if(listed_now, '目前在救助名册', null)),
    struct_pack(rule := 'family_doctor_gap', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'conflict', why := if(ever_listed, null, '从未在救助名册')),
    struct_pack(rule := 'medical_aid', why := if(ever_listed, null, '从未在救助名册')),
    struct_pack(rule := 'medical_aid_extension', why := if(ever_left, null, '没有退出救助的登记')),
    struct_pack(rule := 'charity_referral', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'care_insurance', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'public_post_candidates', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'public_post_subsidy', why := if(ever_listed, null, '从未在救助名册')),
    struct_pack(rule := 'training_gap', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'zero_employment_household', why := if(listed_now, null, '目前不在救助名册')),
    struct_pack(rule := 'flexible_subsidy', why := if(ever_listed, null, '从未在救助名册')),
    struct_pack(rule := 'hiring_subsidy', why := if(ever_listed, null, '从未在救助名册'))
])

where unnest.why is not null
