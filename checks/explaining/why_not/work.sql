-- Part 三(二), work: why each rule does not list the person, by the first step of the rule that fails.
-- is_outside: the rule does not look at such people at all. Read only where the rule lists nothing.
select unnest([
    struct_pack(
        rule := 'public_post_candidates',
        why := case
            when not listed_now then '目前不在救助名册'
            when in_work then '目前已在就业或缴纳职工、灵活就业社会保险'
            when not of_working_age then '不在法定劳动年龄内'
            when not is_able then '按名册、残疾或失能登记没有劳动能力，或者已领养老待遇'
            else '就业数据不足以说明没有就业，按未知处理' end,
        is_outside := not listed_now),
    struct_pack(
        rule := 'public_post_subsidy',
        why := case
            when not ever_listed then '从未在救助名册'
            when not had_public_post then '没有公益性岗位的就业登记'
            else '合同期限或月工资没有达到规定，或者岗位结束已久' end,
        is_outside := not ever_listed),
    struct_pack(
        rule := 'training_gap',
        why := case
            when not listed_now then '目前不在救助名册'
            when in_work then '目前已在就业或缴纳职工、灵活就业社会保险'
            when not of_working_age then '不在法定劳动年龄内'
            when not is_able then '按名册、残疾或失能登记没有劳动能力，或者已领养老待遇'
            when greatest(last_work_on, trained_on) > as_of - to_months(gap_months)
                then concat('最近 ', gap_months, ' 个月内就业或培训过（最近一次到 ', greatest(last_work_on, trained_on), '）')
            else '就业数据不足以说明没有就业，按未知处理' end,
        is_outside := not listed_now),
    struct_pack(
        rule := 'zero_employment_household',
        why := case
            when not listed_now then '目前不在救助名册'
            when not family_has_able then '家中没有劳动年龄内有劳动能力的成员'
            when family_has_work then '家中已有成员就业'
            else '就业数据不足以说明无人就业，按未知处理' end,
        is_outside := not listed_now),
    struct_pack(
        rule := 'flexible_subsidy',
        why := case
            when not ever_listed then '从未在救助名册'
            when not paid_flexible then '没有以灵活就业方式缴费的记录'
            else '缴费的月份不在册、不在法定劳动年龄内，或者已超过补贴核对的月数' end,
        is_outside := not ever_listed),
    struct_pack(
        rule := 'hiring_subsidy',
        why := case
            when not ever_listed then '从未在救助名册'
            when not hired_this_year then '今年没有新的就业登记'
            else '合同期限、参保缴费没有达到规定，或者不是新招用、不是单位就业' end,
        is_outside := not ever_listed)
], recursive := true)
from temp.subject
