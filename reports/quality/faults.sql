-- Grain: one row per expectation that a delivery did not meet, the gravest first. Where a bound of two severities is
-- broken, the graver one tells it.
select
    quality_check.delivery_id,
    quality_check.severity,
    quality_check.what,

from mart.quality_check as quality_check
where not quality_check.passed
    and quality_check.delivery_id is not null
qualify row_number() over (
    partition by quality_check.delivery_id, quality_check.measure, quality_check.measured_column, quality_check.side
    order by array_position(['critical', 'warning', 'info'], quality_check.severity)
) = 1
order by
    quality_check.delivery_id,
    array_position(['critical', 'warning', 'info'], quality_check.severity),
    quality_check.measure,
    quality_check.measured_column
