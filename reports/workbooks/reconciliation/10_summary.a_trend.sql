-- title: 各月在册人数(按类别)
-- note: 最近十二个已交付的月份。
-- chart: line
select
    strftime(household.month, '%Y-%m')                                                  as month_label,
    coalesce(sum(household.members) filter (where household.category = 'dibao'), 0)       as dibao,
    coalesce(sum(household.members) filter (where household.category = 'dibao_edge'), 0)  as dibao_edge,
    coalesce(sum(household.members) filter (where household.category = 'destitute'), 0)   as destitute,
    coalesce(sum(household.members) filter (where household.category = 'temporary'), 0)   as temporary,

from mart.household as household
join temp.context as context
    on household.month <= context.month
    and household.month > context.month - interval 12 month
group by household.month
order by household.month
