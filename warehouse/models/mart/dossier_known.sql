-- One row per family, member and thing a department knows of the member: how many rows in force say so, up to the day,
-- since when, and the latest of them with its place. Diagnoses, ways of treatment and medical costs stay in Health's own
-- tables: here stands only that there are settlements, without their dates.
with

member as (

    select distinct person_id
    from mart.dossier_member

),

said as (

    select person_id, 'assistance_roster' as source_table, null as thing, row_id, certain, month as event_date,
        concat('在救助名册，', case category when 'dibao' then '低保' when 'dibao_edge' then '低保边缘'
            when 'destitute' then '特困' when 'temporary' then '临时救助' else category end) as what
    from core.roster

    union all

    select person_id, 'assistance_exits', null, row_id, certain, exit_date,
        concat('曾退出救助', '，缓退至 ' || strftime(grace_until, '%Y-%m'))
    from core.exit

    union all

    select person_id, 'benefit_payments', benefit, row_id, certain, month,
        concat('发放', case benefit when 'dibao' then '低保金' when 'dibao_edge' then '边缘补助'
            when 'destitute' then '特困供养金' when 'temporary' then '临时救助金' when 'medical_aid' then '医疗救助'
            when 'disability_living' then '残疾人生活补贴' when 'disability_care' then '残疾人护理补贴'
            else benefit end, ' ' || amount || ' 元')
    from core.payment

    union all

    select person_id, 'deaths', null, row_id, certain, death_date, '登记死亡（殡葬）'
    from linked.deaths

    union all

    select person_id, 'job_referrals', null, row_id, certain, referral_date,
        concat('职业介绍', case outcome when 'accepted' then '，接受' when 'hired' then '，已录用'
            when 'refused' then '，登记为本人拒绝' when 'not_hired' then '，单位未录用'
            when 'no_contact' then '，未联系上' end)
    from linked.job_referrals

    union all

    select person_id, 'job_seeking', null, row_id, certain, registered_on, '本人求职登记'
    from linked.job_seeking

    union all

    select person_id, 'employment', null, row_id, certain, starts_on,
        concat('就业登记', if(post_type = 'public_welfare', '（公益性岗位）', ''), '，至 ' || ends_on)
    from core.employment

    union all

    select person_id, 'contributions', insured_as, row_id, certain, month,
        concat('社会保险缴费', case insured_as when 'employee' then '（职工）' when 'flexible' then '（灵活就业）'
            when 'resident' then '（居民）' end, if(paid = 'unpaid', '，未到账', ''))
    from core.contribution

    union all

    select person_id, 'training', null, row_id, certain, coalesce(end_date, start_date), '职业技能培训'
    from linked.training

    union all

    select person_id, 'pensions', null, row_id, certain, month,
        concat('养老待遇', case status when 'suspended' then '，暂停' when 'ended' then '，终止' end)
    from linked.pensions

    union all

    select person_id, 'disability_certificates', null, row_id, certain, issued_on,
        concat('残疾人证', '，' || grade || ' 级', case status when 'cancelled' then '，已注销'
            when 'cancelled_as_dead' then '，因死亡注销' when 'expired' then '，已过期'
            when 'suspended' then '，冻结' end)
    from linked.disability_certificates

    union all

    select person_id, 'medical_settlements', null, row_id, certain, null, '有医疗费用结算'
    from core.settlement

    union all

    select person_id, 'family_doctor_contracts', null, row_id, certain, signed_on,
        concat('家庭医生签约', '，至 ' || valid_until)
    from linked.family_doctor_contracts

    union all

    select person_id, 'care_assessments', null, row_id, certain, assessed_on,
        concat('失能评估', case level when 'severe' then '，重度' when 'moderate' then '，中度' when 'mild' then '，轻度'
            when 'none' then '，能力完好' end, case service when 'home' then '，居家护理'
            when 'institution' then '，机构护理' when 'hospital' then '，住院护理' end)
    from linked.care_assessments

    union all

    select person_id, 'death_certificates', null, row_id, certain, death_date, '登记死亡（医学证明）'
    from linked.death_certificates

    union all

    select person_id, 'housing_security', form, row_id, certain, start_date,
        concat('住房保障', '，至 ' || end_date)
    from linked.housing_security

    union all

    select person_id, 'dangerous_houses', house_no, row_id, certain, identified_on,
        concat('危险房屋', '，' || danger_grade || ' 级', case treatment when 'none' then '，未治理'
            when 'demolish' then '，拆除' when 'rebuild' then '，翻建' when 'reinforce' then '，加固' end)
    from linked.dangerous_houses

    union all

    select person_id, 'properties', null, row_id, certain, registered_on,
        concat('不动产登记', case use when 'dwelling' then '，住宅' when 'shop' then '，商业' when 'garage' then '，车库'
            when 'office' then '，办公' end)
    from linked.properties

),

counted as (

    select
        said.person_id,
        said.source_table,
        said.thing,
        count(*)                                                          as row_count,
        min(said.event_date)                                              as first_on,
        max(said.event_date)                                              as event_date,
        arg_max(said.what, (coalesce(said.event_date, date '0001-01-01'), said.row_id))   as what,
        arg_max(said.certain, (coalesce(said.event_date, date '0001-01-01'), said.row_id)) as certain,
        arg_max(said.row_id, (coalesce(said.event_date, date '0001-01-01'), said.row_id)) as row_id,

    from said
    semi join member on member.person_id = said.person_id
    where coalesce(said.event_date <= (select as_of from run.context), true)
    group by said.person_id, said.source_table, said.thing

)

select
    member.family_no,
    counted.person_id,
    delivery.department,
    counted.source_table,
    counted.what,
    counted.first_on,
    counted.event_date,
    counted.row_count,
    counted.certain,
    delivery.source_file,
    delivery.sheet,
    (counted.row_id % 1000000000)::bigint  as source_row,
    (counted.row_id // 1000000000)::integer as delivery_id,

from counted
join mart.dossier_member as member on member.person_id = counted.person_id
left join raw.delivery as delivery on delivery.delivery_id = counted.row_id // 1000000000
