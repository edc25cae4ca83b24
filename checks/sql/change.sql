-- One row per finding whose life changes with this run: found first, gone, back, or resting on other facts.
-- One that a person closed (known.settled_on) stays closed while its facts are the same; 不属实, and any gap in support,
-- for policy.settled_months. One that comes back or changes says which facts are new and which are gone.
-- One that is only held back, because identity or data are in doubt, has not ended: it keeps its state, and the notice
-- that was given still counts when it is back on the same facts. What is noted of that ("by" 身份核对) opens nothing.
-- Running twice adds nothing.
with

limits as (

    select
        context.as_of,
        (
            select arg_max(settled.value, settled.valid_from)
            from policy.settled_months as settled
            where settled.valid_from <= context.as_of
        ) as settled_months,
    from run.context as context

),

compared as (

    select
        coalesce(finding.finding_id, known.finding_id) as finding_id,
        limits.as_of,
        finding.finding_id is not null as is_present,
        known.finding_id is null as is_new,
        coalesce(known.is_present, false) as was_present,
        known.state as state,
        known.settled_on,
        known.settled_on is not null or known.state in ('属实', '不属实') as is_settled,
        finding.evidence_hash is distinct from known.evidence_hash as facts_differ,
        held.finding_id is not null as is_held_back,
        finding.finding_id is not null and not known.is_present and known.settled_on is null
            and known.state in ('待核实', '已通知', '已答复') as was_held_back,
        (known.state = '不属实' or finding.kind = 'supportive')
            and known.settled_on + to_months(limits.settled_months) <= limits.as_of as is_over,
    from findings.finding as finding
    full join findings.known as known
        on known.finding_id = finding.finding_id
    left join (select distinct finding_id from findings.held) as held
        on held.finding_id = known.finding_id
    cross join limits

),

-- Nothing else is looked at fact by fact: there are many facts, and few findings change.
changed as (

    select *
    from compared
    where (is_present and is_new)
        or (is_present and facts_differ)
        or (is_present and is_settled and is_over)
        or (is_present and not was_present and not is_settled)
        or (not is_present and was_present and not is_settled)
        or (not is_present and not is_held_back and not is_settled and state <> '已过期')

),

-- The same words may stand there twice: two members of a household on the roster.
fact_change as (

    select
        finding_id,
        event_date,
        what,
        count(*) filter (is_now) as times_now,
        count(*) filter (not is_now) as times_before,
    from (
        select finding_id, event_date, what, true as is_now
        from findings.evidence

        union all

        select finding_id, event_date, what, false as is_now
        from findings.known_fact
    )
    where finding_id in (select finding_id from changed where is_present and not is_new)
    group by finding_id, event_date, what

),

told as (

    select
        finding_id,
        list(concat_ws(' ', event_date, what) order by event_date, what) filter (times_now > times_before) as added,
        list(concat_ws(' ', event_date, what) order by event_date, what) filter (times_now < times_before) as gone,
        case when max(times_before) > 0 then concat_ws(
            '；',
            '新增 ' || len(added) || ' 条（' || array_to_string(added[:3], '、') || if(len(added) > 3, '等', '') || '）',
            '不再有 ' || len(gone) || ' 条（' || array_to_string(gone[:3], '、') || if(len(gone) > 3, '等', '') || '）'
        ) end as difference,
    from fact_change
    group by finding_id

)

select
    changed.finding_id,
    changed.as_of::timestamp as changed_at,
    case
        when not is_present and is_held_back then state
        when not is_present then '已过期'
        when is_new or is_settled or state = '已过期' then '待核实'
        else state
    end as state,
    case
        when not is_present and is_held_back then '身份核对'
        when was_held_back and not facts_differ then '身份核对'
        else '系统'
    end as "by",
    case
        when is_new then '首次发现'
        when not is_present and is_held_back then '身份或数据不再确定，转身份核对；状态保留'
        when not is_present then '按现有数据不再符合条件'
        when is_settled and facts_differ then concat(
            settled_on, ' 曾登记', state, '，此后事实有变化：', coalesce(nullif(told.difference, ''), '见新的证据')
        )
        when is_settled then concat(settled_on, ' 曾登记', state, '，已满 ', limits.settled_months, ' 个月，事实未变')
        when was_held_back and not facts_differ then '身份和数据已能确定，事实与上次相同；状态保留'
        when not was_present and facts_differ then concat_ws('：', '重新出现，事实与上次不同', told.difference)
        when not was_present then '重新出现，事实与上次相同'
        else concat_ws('：', '事实有变化，请按新的证据核对', told.difference)
    end as why,

from changed
cross join limits
left join told
    on told.finding_id = changed.finding_id
