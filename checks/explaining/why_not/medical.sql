-- Part 三(一), medical: why each rule does not list the person, by the first step of the rule that fails.
-- is_outside: the rule does not look at such people at all. Read only where the rule lists nothing.
select unnest([
    struct_pack(
        rule := 'medical_aid',
        why := case
            when not ever_listed then '从未在救助名册'
            when settlements = 0 then '没有医疗费用结算记录'
            else '结算的月份不在册或者已经退出，或者各月的自负和合规自费已经足额救助' end,
        is_outside := not ever_listed),
    struct_pack(
        rule := 'medical_aid_extension',
        why := case
            when left_on is null then '没有退出救助的登记'
            when listed_now then '目前仍在救助名册，医疗救助没有中断'
            when settlements = 0 then '没有医疗费用结算记录'
            else '退出的原因、时间，或者近期的治疗，不属于可以延长的情形' end,
        is_outside := left_on is null),
    struct_pack(
        rule := 'charity_referral',
        why := case
            when not listed_now then '目前不在救助名册'
            when recent_settlements = 0 then concat('最近 ', cost_months, ' 个月没有医疗费用结算')
            else '医疗费用扣除救助后没有剩余，或者剩余没有达到设定的起点' end,
        is_outside := not listed_now),
    struct_pack(
        rule := 'care_insurance',
        why := case
            when not listed_now then '目前不在救助名册'
            else '救助类别和失能等级都不属于保费全额补助的范围，也没有缺少护理方式的失能评估' end,
        is_outside := not listed_now),
    struct_pack(
        rule := 'family_doctor_gap',
        why := case
            when not listed_now then '目前不在救助名册'
            when doctor_until >= as_of then '家庭医生签约仍然有效，也没有缺少护理的卧床评估'
            else '没有足够的签约数据，按未知处理，不列为缺口' end,
        is_outside := not listed_now)
], recursive := true)
from temp.subject
