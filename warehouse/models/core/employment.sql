-- One row per registered employment begun by the day, of people ever helped and their possible other selves.
-- ends_on NULL: no end known, so the employment is taken to go on. A day not known within its month or year
-- is read as the longest employment it allows: that protects the person.
select
    employment.row_id,
    employment.person_id,
    employment.certain,
    employment.post_type,
    employment.contract_start as starts_on,
    case employment.contract_end_precision
        when 'month' then last_day(employment.contract_end)
        when 'year' then make_date(year(employment.contract_end), 12, 31)
        else employment.contract_end
    end as ends_on,

from linked.employment as employment
semi join core.possible_self as concerned
    on concerned.self_id = employment.person_id
where employment.contract_start <= (select as_of from run.context)
