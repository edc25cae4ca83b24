-- One row per family on the latest roster and measure of part three: received, due, not_applicable or unknown, and on
-- what that rests. due comes first: a family that has some of a measure and lacks some of it is owed. What no department
-- delivers is unknown, never not applicable. A receipt names its row, except those of medical costs.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.burden_months where valid_from <= as_of) as cost_months,
        (select arg_max(value, valid_from) from policy.training_gap_months where valid_from <= as_of) as training_months,
    from run.context as context

),

member as (

    select family_no, person_id
    from mart.dossier_member

),

settled as (

    select settlement.person_id, coalesce(settlement.aid_paid, 0) as aid_paid
    from core.settlement as settlement
    cross join figure
    where settlement.settled_on > figure.as_of - to_months(figure.cost_months)

),

receipt as (

    select person_id, 'medical_aid' as rule, null::date as day, '最近一年有医疗救助支付' as what, null::bigint as row_id
    from settled
    where aid_paid > 0

    union all

    select payment.person_id, 'medical_aid', payment.month, '发放医疗救助', payment.row_id
    from core.payment as payment
    cross join figure
    where payment.benefit = 'medical_aid'
        and payment.month > figure.as_of - to_months(figure.cost_months)

    union all

    select person_id, 'care_insurance', assessed_on, '已登记护理方式', row_id
    from linked.care_assessments
    where service in ('hospital', 'institution', 'home')
        and assessed_on <= (select as_of from figure)

    union all

    select person_id, 'family_doctor_gap', signed_on, concat('家庭医生签约有效', '，至 ' || valid_until), row_id
    from linked.family_doctor_contracts
    where signed_on <= (select as_of from figure)
        and coalesce(valid_until >= (select as_of from figure), true)

    union all

    select person_id, 'public_post_candidates', starts_on, '已在公益性岗位', row_id
    from core.employment
    where post_type = 'public_welfare'
        and coalesce(ends_on >= (select as_of from figure), true)

    union all

    select training.person_id, 'training_gap', training.end_date, '参加过职业技能培训', training.row_id
    from linked.training as training
    cross join figure
    where coalesce(training.end_date, training.start_date) > figure.as_of - to_months(figure.training_months)
        and training.start_date <= figure.as_of

    union all

    select person_id, 'zero_employment_household', last_work_on, '家庭有成员就业', last_work_row_id
    from core.labour_force
    where in_work

    union all

    select person_id, 'housing_gap', start_date, '正在享受住房保障', row_id
    from linked.housing_security
    where coalesce(start_date <= (select as_of from figure), true)
        and coalesce(end_date >= (select as_of from figure), true)

    union all

    select person_id, 'dangerous_house', completed_on, '危险房屋已治理', row_id
    from linked.dangerous_houses
    where treatment in ('rebuild', 'reinforce')
        and completed_on <= (select as_of from figure)

),

received as (

    select
        member.family_no,
        receipt.rule,
        arg_max(receipt.what, (coalesce(receipt.day, date '0001-01-01'), coalesce(receipt.row_id, 0)))     as what,
        max(receipt.day)                                                                                  as day,
        arg_max(receipt.row_id, (coalesce(receipt.day, date '0001-01-01'), coalesce(receipt.row_id, 0)))   as row_id,

    from receipt
    join member on member.person_id = receipt.person_id
    group by member.family_no, receipt.rule

),

found_true as (

    select finding_id, rule, person_id, family_no, first_met_on,
        concat('已核实属实，数据里还没有看到落实。', summary) as summary
    from findings.finding
    where kind = 'supportive'
        and state = '属实'

),

-- A gap that was found true is closed as a question; the family lacks the measure all the same while the data show it.
owed as (

    select family_no, rule, finding_id, first_met_on, summary
    from mart.dossier_flag
    where kind = 'supportive'

    union

    select member.family_no, found_true.rule, found_true.finding_id, found_true.first_met_on, found_true.summary
    from found_true
    join mart.dossier_member as member on member.person_id = found_true.person_id

    union

    select family_no, rule, finding_id, first_met_on, summary
    from found_true
    where person_id is null

),

due as (

    select
        family_no,
        rule,
        count(*)                                                    as open_findings,
        min(first_met_on)                                           as day,
        arg_min(summary, (first_met_on, finding_id))                as summary,

    from owed
    group by family_no, rule

),

missing as (

    select
        rule.rule,
        string_agg(coalesce(contract.title, needed.source_table), '、' order by needed.source_table) as tables,

    from policy.rule as rule
    cross join unnest(rule.needs) as needed (source_table)
    anti join raw.delivery as delivery
        on delivery.source_table = needed.source_table
        and delivery.status in ('accepted', 'superseded')
    left join raw.contract as contract on contract.source_table = needed.source_table
    group by rule.rule

),

-- What a family is, as far as it decides that a measure is not for it.
household as (

    select
        member.family_no,
        coalesce(bool_or(labour.is_able_to_work), false)                                       as has_able,
        coalesce(bool_or(labour.in_work), false)                                               as has_work,
        coalesce(bool_or(labour.is_able_to_work and not labour.in_work), false)                as has_idle,
        bool_or(member.person_id in (select person_id from settled))                           as has_costs,
        bool_or(member.person_id in (select person_id from linked.dangerous_houses))           as has_house,
        bool_or(member.person_id in (
            select need.person_id
            from core.nursing_need as need
            where need.month = (select max(month) from core.roster_month)
        ))                                                                                     as has_need,

    from member
    left join core.labour_force as labour on labour.person_id = member.person_id
    group by member.family_no

),

measure as (

    select rule, clause, title, status, reason
    from policy.rule
    where clause like '三%'
        and kind = 'supportive'

)

select
    household.family_no,
    measure.rule,
    measure.clause,
    measure.title,
    case
        when due.rule is not null then 'due'
        when received.rule is not null then 'received'
        when measure.status in ('planned', 'not_from_data') or missing.rule is not null then 'unknown'
        else 'not_applicable'
    end                                                         as measure_state,
    case
        when due.rule is not null then concat(
            due.summary,
            if(due.open_findings > 1, '（共 ' || due.open_findings || ' 条）', ''),
            '另有：' || received.what || '。'
        )
        when received.rule is not null then received.what
        when measure.rule = 'standard_growth' then '全市统一的标准，不逐户核对'
        when measure.status in ('planned', 'not_from_data') then measure.reason
        when missing.rule is not null then concat('从未收到：', missing.tables)
        when measure.rule in ('medical_aid', 'charity_referral') and not has_costs then '最近一年没有医疗费用结算'
        when measure.rule in ('public_post_candidates', 'training_gap', 'zero_employment_household') and not has_able
            then '没有劳动年龄内有劳动能力的成员'
        when measure.rule in ('public_post_candidates', 'training_gap') and not has_idle
            then '有劳动能力的成员都在就业'
        when measure.rule in ('public_post_subsidy', 'hiring_subsidy', 'flexible_subsidy', 'work_cost_disregard')
            and not has_work then '没有在就业的成员'
        when measure.rule in ('dangerous_house', 'expropriation_priority') and not has_house
            then '危险房屋治理台账中没有这户的房屋'
        when measure.rule = 'care_income_disregard' and not has_need then '没有需要半护理或全护理的成员'
        when measure.rule = 'housing_gap' then '登记有住宅'
        when measure.rule = 'severe_disability_single' then '成员都已在救助名册'
        when measure.rule = 'medical_aid_extension' then '仍在救助名册，待遇没有中断'
        when measure.rule = 'grace_period' then '没有需要处理的缓退'
        when measure.rule = 'relapse' then '没有退出后再次困难的记录'
        else '核对过，现有数据没有显示缺口'
    end                                                         as basis,
    coalesce(due.day, received.day)                             as event_date,
    coalesce(due.open_findings, 0)                              as open_findings,
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    delivery.sheet,
    (received.row_id % 1000000000)::bigint                      as source_row,

from household
cross join measure
left join due on due.family_no = household.family_no and due.rule = measure.rule
left join received on received.family_no = household.family_no and received.rule = measure.rule
left join missing on missing.rule = measure.rule
left join raw.delivery as delivery on delivery.delivery_id = received.row_id // 1000000000
