-- Part 三(三), housing: why each rule does not list the person, by the first step of the rule that fails.
-- is_outside: the rule does not look at such people at all. Read only where the rule lists nothing.
select unnest([
    struct_pack(
        rule := 'housing_gap',
        why := case
            when not listed_now then '目前不在救助名册'
            else '家中登记有住宅，或者正在享受住房保障，或者没有足够的住房数据' end,
        is_outside := not listed_now),
    struct_pack(
        rule := 'dangerous_house',
        why := case
            when not listed_now then '目前不在救助名册'
            when not in_house_ledger then '危险房屋治理台账中没有本人的房屋'
            when house_demolished then '房屋登记为拆除，按征迁政策办理'
            else '房屋已经治理，补助不少于应补的数额' end,
        is_outside := not listed_now or not in_house_ledger),
    struct_pack(
        rule := 'expropriation_priority',
        why := case
            when not listed_now then '目前不在救助名册'
            when not in_house_ledger then '危险房屋治理台账中没有本人的房屋'
            when not house_demolished then '本人的房屋没有登记为拆除'
            else '本人名下不止一处住宅，或者拆除早于文件' end,
        is_outside := not listed_now or not in_house_ledger)
], recursive := true)
from temp.subject
