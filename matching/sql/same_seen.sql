-- One row per field, level and office: how often records that a number and a name have put together stand at it.
-- `office` is one bit: a record that several offices write alike counts for the first of them.
with

anchored as (

    select
        placed.identity_id,
        placed.cluster,
        claim.number_no,
        claim.name_no,
        claim.birth,
        claim.birth_precision,
        claim.birth_conflicts,
        claim.sex,
        claim.sex_conflicts,
        office.departments - (office.departments & (office.departments - 1)) as office,

    from matching_placed as placed
    join matching_claim as claim
        on claim.identity_id = placed.identity_id
    join matching_office as office
        on office.identity_id = placed.identity_id
    where placed.cluster > 0 and placed.cluster % 1000 // 10 < ? and not claim.is_borrowed

),

named as (

    select 'name' as field, coalesce(nullif(standing.agreement, 'folded'), 'exact') as level, anchored.office
    from anchored
    semi join (select number_no from matching_claim group by number_no having count(*) > 1) as written
        on written.number_no = anchored.number_no
    left join matching_standing as standing
        on standing.number_no = anchored.number_no
        and standing.name_no = anchored.name_no

),

born as (

    select
        'birth' as field,
        case
            when birth_precision = 'month' and not birth_conflicts then 'month'
            when birth_precision = 'year' and not birth_conflicts then 'year'
            when not birth_conflicts then 'equal'
            when birth_precision = 'month' then 'month_away'
            when birth_precision = 'year' then 'year_away'
            when (birth // 10000 = number_no // 10000000 % 10000)::integer
                + (birth // 100 % 100 = number_no // 100000 % 100)::integer
                + (birth % 100 = number_no // 1000 % 100)::integer >= 2 then 'close'
            else 'different'
        end as level,
        office,

    from anchored
    where birth is not null

),

sexed as (

    select 'sex' as field, case when sex_conflicts then 'different' else 'equal' end as level, office
    from anchored
    where sex is not null

),

written_value as (

    select
        anchored.cluster,
        anchored.office,
        context.kind,
        count(*) over (partition by anchored.cluster, context.kind, context.value) as alike,
        count(*) over (partition by anchored.cluster, context.kind) as written,

    from anchored
    join matching_context as context
        on context.identity_id = anchored.identity_id

),

tied as (

    select kind as field, case when alike > 1 then 'agree' else 'differ' end as level, office
    from written_value
    where written > 1

)

select field, level, office::bigint as office, count(*) as count
from (
    select * from named union all select * from born union all select * from sexed union all select * from tied
)
where level <> 'disagree'
group by field, level, office
