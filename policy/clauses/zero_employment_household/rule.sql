-- Helped households with at least one member able to work where no member works: one finding a household.
-- first_met_on: since when all of it holds: the family on the roster, an able member of age, nobody's work any more.
with

member as (

    select
        helped.family_no,
        helped.person_id,
        helped.row_id,
        helped.month,
        helped.certain,
        labour.is_able_to_work,
        labour.in_work,
        labour.may_be_in_work,
        labour.from_day,
        labour.last_work_on,
        labour.last_work_row_id,
    from core.helped as helped
    join core.labour_force as labour
        on labour.person_id = helped.person_id

),

fact as (

    select family_no, row_id, month as event_date, '有劳动能力的成员在救助名册' as what
    from member
    where is_able_to_work

    union

    select family_no, last_work_row_id, last_work_on, '最近一次就业或缴费'
    from member
    where last_work_row_id is not null

),

facts as (

    select
        family_no,
        list(struct_pack(row_id := row_id, event_date := event_date, what := what) order by event_date, row_id) as list,
    from fact
    group by family_no

),

household as (

    select
        family_no,
        count(distinct person_id) as members,
        count(distinct person_id) filter (is_able_to_work) as able,
        min(from_day) filter (is_able_to_work) as from_day,
        max(last_work_on) as last_work_on,
        bool_or(may_be_in_work) as may_be_in_work,
        bool_and(certain) as certain,
    from member
    group by family_no
    having count(*) filter (is_able_to_work) > 0
        and not bool_or(in_work)

)

select
    'nobody_works'                                                                          as condition,
    null::varchar                                                                           as person_id,
    household.family_no,
    greatest(stay.first_month, household.from_day, household.last_work_on + 1)::date        as first_met_on,
    null::decimal(12, 2)                                                                    as amount,
    null::boolean                                                                           as national_bar,
    household.certain and not household.may_be_in_work                                      as certain,
    concat(
        '名册上 ', household.members, ' 人，其中 ', household.able, ' 人有劳动能力，无人就业',
        case when household.last_work_on is not null then concat('，家庭最近一次就业或缴费到 ', household.last_work_on) end, '。',
        case when household.may_be_in_work then '另有一份可能属于家庭成员的就业或缴费记录，身份待核。' end,
        known.note
    )                                                                                       as summary,
    facts.list                                                                              as evidence,

from household
join core.household_stay as stay
    on stay.family_no = household.family_no
join facts
    on facts.family_no = household.family_no
join core.work_known as known
    on known.is_known
