-- title: 本月在册人数构成
-- note: 按救助类别。
-- chart: pie
select
    label_of('category', household.category)  as category_label,
    sum(household.members)                    as people,

from mart.household as household
join temp.context as context on household.month = context.month
group by household.category
order by people desc, category_label
