-- One row per finding whose life changes with this run: found first, gone, back, or resting on other facts.
-- A settled finding (属实, 不属实) stays as settled while its facts are the same. Running twice adds nothing.
with

compared as (

    select
        coalesce(finding.finding_id, known.finding_id) as finding_id,
        finding.finding_id is not null as is_present,
        known.finding_id is null as is_new,
        coalesce(known.is_present, false) as was_present,
        known.state as state,
        known.state in ('属实', '不属实') as is_settled,
        finding.evidence_hash is distinct from known.evidence_hash as facts_differ,
        held.finding_id is not null as is_held_back,
    from findings.finding as finding
    full join findings.known as known
        on known.finding_id = finding.finding_id
    left join (select distinct finding_id from findings.held) as held
        on held.finding_id = known.finding_id

)

select
    compared.finding_id,
    context.as_of::timestamp as changed_at,
    case when not is_present then '已过期' when is_new or not was_present or is_settled then '待核实' else state end as state,
    '系统' as "by",
    case
        when is_new then '首次发现'
        when not is_present and is_held_back then '身份或数据不再确定，转身份核对'
        when not is_present then '按现有数据不再符合条件'
        when not was_present and facts_differ then '重新出现，事实与上次不同'
        when not was_present then '重新出现，事实与上次相同'
        else '事实有变化，请按新的证据核对'
    end as why,

from compared
cross join run.context as context
where (is_present and is_new)
    or (is_present and facts_differ)
    or (is_present and not was_present and not is_settled)
    or (not is_present and was_present and not is_settled)
