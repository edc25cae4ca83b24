-- title: 各规则待办事项
-- note: 先缺口,后核实。
-- chart: rows
select
    coalesce(subject.rule_title, subject.rule)                             as rule_title,
    count(*) filter (where subject.is_open and subject.kind = 'supportive')  as supportive_open,
    count(*) filter (where subject.is_open and subject.kind = 'adverse')     as adverse_open,

from temp.subject as subject
group by all
order by max(subject.kind) desc, rule_title
