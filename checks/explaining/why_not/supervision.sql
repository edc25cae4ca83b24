-- Part 四, supervision, and 二, the target groups: why each rule does not list the person, by the first step of the rule that fails.
-- is_outside: the rule does not look at such people at all. Read only where the rule lists nothing.
select unnest([
    struct_pack(
        rule := 'deceased_on_roster',
        why := case
            when death_sources is null then '没有任何部门登记死亡'
            when not death_agreed then '死亡登记只有一个来源、身份不确定或日期不一致，不作为依据'
            else '死亡当月以后没有在册，也没有发放' end,
        is_outside := death_sources is null),
    struct_pack(
        rule := 'paid_after_exit',
        why := case
            when left_on is null and not ever_dibao then '没有退出登记，也没有在低保名册'
            else '退出以后没有再发放低保金（缓退期内的不算），在册的月份也没有漏发' end,
        is_outside := left_on is null and not ever_dibao),
    struct_pack(
        rule := 'double_enrolment',
        why := case
            when not ever_listed then '从未在救助名册'
            else '每个月只在一个家庭、一个类别里（临时救助可以与其他类别同时）' end,
        is_outside := not ever_listed),
    struct_pack(
        rule := 'property_on_dibao',
        why := case
            when not dibao_now then '目前不在低保名册'
            else concat('家庭成员名下登记的住宅 ', family_dwellings, ' 处，没有超过 ', dwelling_limit,
                ' 处，或者超过的部分不能确定属于这个家庭') end,
        is_outside := not dibao_now),
    struct_pack(
        rule := 'conflict',
        why := case
            when not ever_listed then '从未在救助名册'
            else '各部门登记的性别、出生日期、姓名和证件号码没有互相矛盾' end,
        is_outside := not ever_listed),
    struct_pack(
        rule := 'target_illness',
        why := case
            when not reckoned_now then '目前不在低保、低保边缘名册'
            when ill_by_roster then '名册已登记为因病'
            else '家庭医疗负担没有达到界限，或者界限没有设定' end,
        is_outside := not reckoned_now),
    struct_pack(
        rule := 'target_disability',
        why := case
            when not listed_now then '目前不在救助名册'
            when not certified then '没有有效的残疾人证'
            when coalesce(grade, 99) > severe_grade then '残疾等级不属于重度'
            when disabled_by_roster then '名册已登记为因残'
            else '不在劳动年龄内' end,
        is_outside := not listed_now or not certified),
    struct_pack(
        rule := 'target_sudden_illness',
        why := case
            when listed_now then '目前在救助名册'
            when recent_settlements = 0 then concat('最近 ', cost_months, ' 个月没有医疗费用结算')
            else '本人医疗负担没有达到界限（没有设定的，不在负担最重的之列），或者登记为死亡、迁出、非本市户籍' end,
        is_outside := listed_now)
], recursive := true)
from temp.subject
