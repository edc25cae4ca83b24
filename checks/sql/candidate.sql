-- One row per row a rule returned, with the reason why it may not be published (problem NULL: it may).
-- The ids of a finding are hashes of what it says, never of row or file numbers: a renamed file changes nothing.
with

fact as (

    select
        found.found_no,
        unnest(found.evidence).row_id as row_id,
        unnest(found.evidence).event_date as event_date,
        unnest(found.evidence).what as what,
    from findings.found as found

),

-- Readable back: the row is staged, and its delivery is one we keep.
checked as (

    select
        fact.found_no,
        fact.event_date,
        fact.what,
        delivery.delivery_id is not null and row_identity.row_id is not null as is_readable,
        coalesce(link.certain, false) as certain,
    from fact
    left join identity.row_identity as row_identity
        on row_identity.row_id = fact.row_id
    left join identity.link as link
        on link.identity_id = row_identity.identity_id
    left join raw.delivery as delivery
        on delivery.delivery_id = fact.row_id // 1000000000 and delivery.status in ('accepted', 'superseded')

),

judged as (

    select
        found_no,
        count(*) filter (not is_readable) as unreadable,
        count(*) filter (not certain) as uncertain,
        left(sha256(string_agg(concat_ws('|', event_date::varchar, what), '\n' order by event_date, what)), 16) as hash,
    from checked
    group by found_no

),

named as (

    select
        found.*,
        rule.rule,
        rule.clause,
        rule.version as rule_version,
        coalesce(rule.kind_of[found.condition], rule.kind) as kind,
        left(sha256(concat(
            rule.rule, '|', found.condition, '|', coalesce(found.person_id, ''), '|',
            coalesce(found.family_no, ''), '|', found.first_met_on::varchar
        )), 16) as finding_id,
        judged.unreadable,
        judged.uncertain,
        judged.hash as evidence_hash,
    from findings.found as found
    cross join findings.evaluating as evaluating
    join policy.rule as rule
        on rule.rule = evaluating.rule
    left join judged
        on judged.found_no = found.found_no

)

select
    named.*,
    (select as_of from run.context) as as_of,
    case when certain and uncertain = 0 then 'certain' else 'probable' end as identity,
    case
        when first_met_on is null then '规则没有给出起算日期'
        when coalesce(unreadable, 1) > 0 then '证据行无法读回'
        when row_number() over (partition by finding_id order by found_no) > 1 then '规则给出了两条相同的结果'
        when kind = 'adverse' and not coalesce(certain, false) then '身份或数据尚不确定'
        when kind = 'adverse' and uncertain > 0 then '证据行的身份关联不确定'
    end as problem,

from named
