-- The facts most rules start from, one line each, in order of time.
select said
from (
    select
        1                                                                   as place,
        min(month)                                                          as day,
        format('救助名册：{}，家庭 {}，{} 至 {} 共 {} 个月', case category
            when 'dibao' then '低保' when 'dibao_edge' then '低保边缘'
            when 'destitute' then '特困' else '临时救助' end,
            family_no, strftime(min(month), '%Y-%m'), strftime(max(month), '%Y-%m'), count(distinct month)) as said,
    from core.roster
    where person_id = $person
    group by category, family_no

    union all

    select
        2         as place,
        exit_date as day,
        '退出登记：' || exit_date::date || coalesce('，缓退至 ' || strftime(grace_until, '%Y-%m'), '') as said,
    from core.exit
    where person_id = $person

    union all

    select
        3         as place,
        issued_on as day,
        '有效残疾人证：' || coalesce(grade || ' 级', '等级未登记') as said,
    from core.disability
    where person_id = $person

    union all

    select
        4          as place,
        death_date as day,
        format('登记死亡日期：{}（{} 个来源，其中身份确定的 {} 个{}）', death_date::date, source_count,
            certain_source_count, if(dates_agree, '，互相印证', '')) as said,
    from core.death
    where person_id = $person
)
order by place, day, said
