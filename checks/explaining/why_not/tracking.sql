-- Part 三(五), tracking: why each rule does not list the person, by the first step of the rule that fails.
-- is_outside: the rule does not look at such people at all. Read only where the rule lists nothing.
select unnest([
    struct_pack(
        rule := 'care_income_disregard',
        why := case
            when not reckoned_now then '目前不在低保、低保边缘名册'
            when not family_has_need then '家中没有登记需要半护理或全护理的成员'
            when not family_has_work then '家中没有成员就业，没有可以不计的收入'
            else '就业的成员不在劳动年龄内、本人就是需要护理的人，或者名册上的家庭收入本来就没有' end,
        is_outside := not reckoned_now),
    struct_pack(
        rule := 'work_cost_disregard',
        why := case
            when not reckoned_now then '目前不在低保、低保边缘名册'
            when not earns then '核对的月份里没有本人的职业收入'
            else '名册上的家庭收入为零，没有可以扣除的部分' end,
        is_outside := not reckoned_now),
    struct_pack(
        rule := 'severe_disability_single',
        why := case
            when listed_now then '目前已在救助名册'
            when not certified then '没有有效的残疾人证'
            when coalesce(grade, 99) > severe_grade then '残疾等级不属于重度'
            when not is_adult then '没有成年'
            else '有就业或缴费记录，或者就业数据不足以说明没有就业' end,
        is_outside := listed_now or not certified),
    struct_pack(
        rule := 'grace_period',
        why := case
            when grace_until is null then '没有缓退登记'
            else concat('缓退截止月份 ', strftime(grace_until, '%Y-%m'), '，月数合乎规定，期内和期后的发放没有出入') end,
        is_outside := grace_until is null),
    struct_pack(
        rule := 'work_refusal',
        why := case
            when not dibao_now then '目前不在低保名册'
            when refusals = 0 and referrals > 0 then concat('职业介绍共 ', referrals, ' 次，没有登记为本人拒绝的（未联系上 ',
                not_reached, ' 次、单位未录用 ', declined, ' 次都不算拒绝）')
            when refusals = 0 then '没有拒绝职业介绍的登记'
            when not surely_of_working_age then '不在法定劳动年龄内（有疑问时按较早的退休年龄算）'
            when not is_able then '按名册、残疾或失能登记没有劳动能力，或者已领养老待遇'
            when in_work then '目前已在就业或缴纳职工、灵活就业社会保险'
            else concat('登记拒绝 ', refusals, ' 次，最近一次 ', last_refusal_on,
                '：有正当理由的、在家照料失能成员的、这次享受低保之前的不算；拒绝后自己求职、培训或就业的，期限重新起算；',
                '现在没有达到规定的次数或期限') end,
        is_outside := not dibao_now or refusals = 0),
    struct_pack(
        rule := 'working_on_dibao',
        why := case
            when not ever_dibao then '从未在低保名册'
            when not earned_on_dibao then '在低保名册的月份里没有就业工资或缴费记录'
            else '有收入的月份是享受低保的头一个月、退出低保的当月（工作不是以前就有的）、在缓退期内，或者是灵活就业、居民参保、未到账的缴费，不列入' end,
        is_outside := not ever_dibao),
    struct_pack(
        rule := 'relapse',
        why := case
            when left_on is null then '没有退出救助的登记'
            when not left_to_follow then '退出的原因是死亡、迁出或拒绝就业，不在跟踪的范围'
            when left_on + to_months(window_months) < as_of
                then concat('最近一次退出 ', left_on, '，已过 ', window_months, ' 个月的跟踪期')
            else concat('最近一次退出 ', left_on, '：没有隔月后再次进入名册，也没有达到任何一项风险提示') end,
        is_outside := left_on is null)
], recursive := true)
from temp.subject
