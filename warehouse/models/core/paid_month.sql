-- One row per month whose dibao payments were delivered, up to the day: at least a quarter of the usual number of
-- payments (a stray late payment does not make a month delivered).
with

counted as (

    select
        payment.month,
        count(*) as rows,

    from core.payment as payment
    where payment.benefit = 'dibao'
    group by payment.month

)

select month

from counted
where rows * 4 >= (select median(rows) from counted)
