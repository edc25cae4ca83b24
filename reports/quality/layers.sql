-- Grain: one row per expectation about a layer in the last run that published.
select
    quality_check.severity,
    quality_check.passed,
    quality_check.what,

from mart.quality_check as quality_check
where quality_check.run_id = (select max(newest.run_id) from mart.quality_check as newest)
order by quality_check.passed, quality_check.measure
