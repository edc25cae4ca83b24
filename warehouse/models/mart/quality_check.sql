-- view
-- One row per expectation and delivery, or per expectation about a whole layer and run (delivery_id NULL): the history of
-- every expectation. severity critical: a delivery that fails is stopped, unless the office has had it taken in.
select
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    delivery.sheet,
    outcome.measure,
    outcome.column_name as measured_column,
    read_column.heading as printed_heading,
    outcome.severity,
    outcome.side,
    outcome.bound,
    outcome.measured,
    outcome.passed,
    outcome.what,
    delivery.status,
    delivery.received_at,
    outcome.delivery_id,
    null::integer       as run_id,

from quality.outcome as outcome
join mart.delivery as delivery on delivery.delivery_id = outcome.delivery_id
left join raw.read_column as read_column
    on read_column.delivery_id = outcome.delivery_id
    and read_column.column_name = outcome.column_name

union all by name

select
    layer_outcome.measure,
    layer_outcome.severity,
    layer_outcome.side,
    layer_outcome.bound,
    layer_outcome.measured,
    layer_outcome.passed,
    layer_outcome.what,
    log.started_at as received_at,
    layer_outcome.run_id,

from quality.layer_outcome as layer_outcome
join run.log as log on log.run_id = layer_outcome.run_id
