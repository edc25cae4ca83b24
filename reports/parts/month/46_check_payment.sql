-- One row per category: the month's roster against the month's payments of the matching benefit, with how many
-- families explain a difference. No payment row at all of a benefit in the month means "not delivered", not
-- "nobody was paid".
select
    family.category,
    count(*) filter (where family.is_listed)                           as roster_families,
    coalesce(sum(family.roster_yuan), 0)                               as roster_yuan,
    nullif(count(*) filter (where family.is_paid), 0)                  as paid_families,
    sum(family.paid_yuan)                                              as paid_yuan,
    case when bool_or(family.is_paid) then concat_ws(
        '、',
        '在册未见发放 ' || nullif(count(*) filter (where not family.is_paid), 0) || ' 户',
        '发放而不在本类名册 ' || nullif(count(*) filter (where not family.is_listed), 0) || ' 户',
        '金额不同 ' || nullif(count(*) filter (where family.roster_yuan <> family.paid_yuan), 0) || ' 户'
    ) end                                                              as explained,

from temp.payment_match as family
group by family.category
