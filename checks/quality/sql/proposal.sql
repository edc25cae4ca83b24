-- Grain: one row per bound of warnings that the last $deliveries accepted deliveries of a table all broke or nearly broke
-- (one at least broke it): a warning that always comes tells nothing. Proposed is the farthest of what was measured, with
-- a margin.
with

recent as (

    select delivery.delivery_id, delivery.department, delivery.source_table

    from raw.delivery as delivery
    where delivery.status in ('accepted', 'superseded')
        and exists (select 1 from quality.profile as profile where profile.delivery_id = delivery.delivery_id)
    qualify row_number() over (
        partition by delivery.department, delivery.source_table order by delivery.delivery_id desc
    ) <= $deliveries

),

told as (

    select
        recent.department,
        recent.source_table,
        outcome.column_name,
        outcome.measure,
        outcome.severity,
        outcome.side,
        arg_max(outcome.bound, outcome.delivery_id) as bound,
        case when outcome.side = 'upper' then max(outcome.measured) else min(outcome.measured) end as farthest,
        count(*) as deliveries,

    from quality.outcome as outcome
    join recent on recent.delivery_id = outcome.delivery_id
    where outcome.severity = 'warning'
    group by
        recent.department,
        recent.source_table,
        outcome.column_name,
        outcome.measure,
        outcome.severity,
        outcome.side,
    having count(*) >= $deliveries
        and bool_or(not outcome.passed)
        and bool_and(
            case
                when outcome.side = 'upper' then outcome.measured >= outcome.bound * (1 - $near)
                else outcome.measured <= outcome.bound * (1 + $near)
            end
        )

),

moved as (

    select
        told.*,
        round(told.farthest * case when told.side = 'upper' then 1 + $margin else 1 - $margin end, 4) as proposed,

    from told

)

select
    moved.department,
    moved.source_table,
    moved.column_name,
    moved.measure,
    moved.severity,
    moved.side,
    moved.bound,
    moved.proposed,
    moved.deliveries,
    'bound.' || concat_ws('.', moved.source_table, moved.column_name, moved.measure, moved.severity || '_' || moved.side)
        || ' = ' || moved.proposed as line,
    contract_column.heading,

from moved
left join raw.contract_column as contract_column
    on contract_column.source_table = moved.source_table
    and contract_column.column_name = moved.column_name
