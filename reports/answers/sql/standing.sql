-- One row per finding that an answer came back for: its state, and what earlier answers to this opening said.
with

opening as (

    select history.finding_id, count(*) as openings
    from findings.history as history
    join answered_now as answered on answered.row_key = history.finding_id
    where history."by" = '系统' and history.state = '待核实'
    group by history.finding_id

)

select
    known.finding_id,
    known.state,
    coalesce(rule.kind_of[known.condition], rule.kind, 'supportive') as kind,
    known.is_present or known.settled_on is not null                as is_present,
    earlier.notified_on,
    earlier.replied_on,
    earlier.by_whom,
    earlier.result,
    earlier.remark,
    earlier.answered_on,
    coalesce(opening.openings, 0)                                   as openings,

from findings.known as known
join answered_now as answered on answered.row_key = known.finding_id
left join policy.rule as rule on rule.rule = known.rule
left join opening on opening.finding_id = known.finding_id
left join answers.finding_standing as earlier on earlier.finding_id = known.finding_id
