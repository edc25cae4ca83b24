-- title: 本月家庭进出(按类别)
-- note: 类别之间转移的,两边各计一次。
-- chart: bar
select
    label_of('category', check_household.category)  as category_label,
    sum(check_household.added)                      as came,
    sum(check_household.removed)                    as went,

from temp.check_household as check_household
group by check_household.category
order by category_label
