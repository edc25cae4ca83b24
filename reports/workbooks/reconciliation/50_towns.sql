-- tab: 区镇
-- title: 区镇 · {month_label}
-- note: 家庭和人数为本月花名册;待办事项按最近花名册的住处归入区镇,没有登记住处的归入“未登记”。
with

roster as (

    select
        coalesce(household.town, '未登记')                                                    as town,
        count(*)                                                                            as households,
        sum(household.members)                                                              as people,
        coalesce(sum(household.members) filter (where household.category = 'dibao'), 0)       as dibao,
        coalesce(sum(household.members) filter (where household.category = 'dibao_edge'), 0)  as dibao_edge,
        coalesce(sum(household.members) filter (where household.category = 'destitute'), 0)   as destitute,
        coalesce(sum(household.members) filter (where household.category = 'temporary'), 0)   as temporary,

    from mart.household as household
    join temp.context as context on household.month = context.month
    group by coalesce(household.town, '未登记')

),

amount as (

    select
        coalesce(household.town, '未登记') as town,
        sum(household.household_amount) as yuan,

    from core.household as household
    join temp.context as context on household.month = context.month
    group by coalesce(household.town, '未登记')

),

finding as (

    select
        coalesce(subject.town, '未登记')                                          as town,
        count(*) filter (where subject.is_open and subject.kind = 'supportive')  as supportive_open,
        count(*) filter (where subject.is_open and subject.kind = 'adverse')     as adverse_open,
        count(*) filter (where not subject.is_open)                              as closed_findings,

    from temp.subject as subject
    group by coalesce(subject.town, '未登记')

)

select
    coalesce(roster.town, finding.town)   as town,
    roster.households,
    roster.people,
    roster.dibao,
    roster.dibao_edge,
    roster.destitute,
    roster.temporary,
    amount.yuan,
    coalesce(finding.supportive_open, 0)  as supportive_open,
    coalesce(finding.adverse_open, 0)     as adverse_open,
    coalesce(finding.closed_findings, 0)  as closed_findings,

from roster
full join finding on finding.town = roster.town
left join amount on amount.town = roster.town
order by coalesce(roster.town, finding.town) = '未登记', coalesce(roster.town, finding.town)
