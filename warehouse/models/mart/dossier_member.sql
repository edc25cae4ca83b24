-- One row per family and member on the latest delivered roster; of several lines of one member the certain, later one.
select
    family_no,
    person_id,
    month,
    relation,
    category,
    labour_capacity,
    care_need,
    start_date     as helped_since,
    person_amount,
    certain,

from core.roster
where month = (select max(month) from core.roster_month)
    and person_id is not null
qualify row_number() over (partition by family_no, person_id order by certain desc, row_id desc) = 1
