-- title: 各区镇
-- note: 民政局清单上按住处归入各区镇的件数,与区镇清单一致;没有登记住处的,只在民政局的清单上。
-- chart: stacked
select
    coalesce(subject.town, '未登记')                       as town,
    count(*) filter (where subject.kind = 'supportive')   as supportive_open,
    count(*) filter (where subject.kind = 'adverse')      as adverse_open,

from temp.subject as subject
join temp.addressed as addressed
    on addressed.finding_id = subject.finding_id
    and addressed.department = 'civil_affairs'
where not subject.parties_only
group by coalesce(subject.town, '未登记')
order by coalesce(subject.town, '未登记') = '未登记', town
