-- One row per reason why the person's data must stay for now, in plain words.
with

latest_exit as (

    select max(exit.exit_date) as exit_date
    from core.exit as exit
    where exit.person_id = $person

),

last_month as (

    select max(roster.month) as month
    from core.roster as roster
    where roster.person_id = $person

)

select '现在是救助对象：帮扶期间要为其家庭保存档案（四.3 一户一档）' as reason
where $person in (select helped.person_id from core.helped as helped)

union all

select format(
    '{} 退出救助，监测期 {} 个月未满：期内要跟踪返贫风险（三(五)4）',
    coalesce((select exit_date from latest_exit), (select month from last_month))::date,
    watched.months
)
from (
    select arg_max(value, valid_from)::integer as months
    from policy.monitoring_window_months
    where valid_from <= $today
) as watched
where $person not in (select helped.person_id from core.helped as helped)
    and greatest((select exit_date from latest_exit), (select month from last_month))
        > $today - to_months(watched.months)

union all

select format('有 {} 条没有办结的核对事项，其中要帮的 {} 条', count(*), count(*) filter (finding.kind = 'supportive'))
from mart.finding as finding
join findings.known as known
    on known.finding_id = finding.finding_id
    and known.settled_on is null
where finding.person_id = $person
    or (finding.person_id is null and finding.family_no in (
        select helped.family_no from core.helped as helped where helped.person_id = $person
    ))
having count(*) > 0

union all

select format('{} 有过答复或办结，此后 {} 天内可以提出异议', max(history.changed_at)::date, $objection_days)
from findings.history as history
join findings.known as known
    on known.finding_id = history.finding_id
where known.person_id = $person
    and history."by" <> '系统'
having max(history.changed_at)::date > $objection_from
