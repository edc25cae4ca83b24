-- title: 各规则事项(按状态)
-- note: 先缺口,后核实。
-- chart: stacked_rows
select
    coalesce(subject.rule_title, subject.rule)
        || case when subject.kind = 'adverse' then '(核实)' else '' end  as rule_title,
    count(*) filter (where subject.state = '待核实')                     as state_open,
    count(*) filter (where subject.state = '已通知')                     as state_notified,
    count(*) filter (where subject.state = '已答复')                     as state_answered,
    count(*) filter (where subject.state = '属实')                       as state_true,
    count(*) filter (where subject.state = '不属实')                     as state_false,
    count(*) filter (where subject.state = '已过期')                     as state_expired,

from temp.subject as subject
group by coalesce(subject.rule_title, subject.rule), subject.kind
order by subject.kind desc, rule_title
