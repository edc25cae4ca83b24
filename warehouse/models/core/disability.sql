-- One row per person: the disability certificate in force on the day of the run.
-- A status or date that is not given takes nobody's certificate away; a cancelled, expired or suspended one is not in force.
-- An end known by its month or year alone is the last day of it.
-- Reissued certificates stay listed by some towns: the latest counts, of two on one day the more severe.
select
    person_id,
    category,
    grade,
    status,
    issued_on,
    expires_on,
    certain,
    row_id,

from linked.disability_certificates

where coalesce(status, 'valid') = 'valid'
    and coalesce(issued_on <= (select as_of from run.context), true)
    and coalesce(case expires_on_precision
        when 'month' then last_day(expires_on)
        when 'year' then make_date(year(expires_on), 12, 31)
        else expires_on
    end >= (select as_of from run.context), true)

qualify row_number() over (
    partition by person_id
    order by issued_on desc nulls last, grade nulls last, certain desc, row_id
) = 1
