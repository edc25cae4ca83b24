-- Helped households in a dangerous house: untreated, or treated with less paid than the decree's subsidy.
-- A household is helped when the owner is on the latest roster. Figures are those in force when the work was completed
-- (today, where no completion is entered); work completed before the decree is not under it.
-- Any input that is unknown leaves the amount unknown and is named. What was paid is unknown where it is not entered:
-- the household is listed with the whole amount due, and the summary says so. Demolition, and rebuilding in town, are
-- settled by other rules (征迁政策): they are not reckoned here.
with

owned as (

    select
        house.*,
        helped.family_no,
        helped.category,
        helped.row_id                                                      as roster_row_id,
        helped.month                                                       as roster_month,
        house.certain and helped.certain                                   as both_certain,
        if(house.completed_on <= context.as_of, house.completed_on, null)  as completed,
        least(coalesce(house.completed_on, context.as_of), context.as_of)  as day,

    from linked.dangerous_houses as house
    cross join run.context as context
    join core.helped as helped on helped.person_id = house.person_id

    where coalesce(house.identified_on <= context.as_of, true)

    -- a person listed in two families is judged in the better-aided one; a house printed twice counts once
    qualify row_number() over (
        partition by house.person_id, house.house_no
        order by helped.category = 'dibao' desc, helped.category = 'dibao_edge' desc, house.row_id desc, helped.row_id
    ) = 1

),

figure as (

    select
        owned.*,
        setting || '_' || treatment as work,
        (select arg_max(value, valid_from) from policy.rural_rebuild_share as share
            where share.valid_from <= owned.day and share.category = owned.category)    as share,
        (select arg_max(value, valid_from) from policy.rebuild_area_per_person as area
            where area.valid_from <= owned.day)                                         as area_per_person,
        (select arg_max(value, valid_from) from policy.rebuild_area_cap as cap
            where cap.valid_from <= owned.day)                                          as area_cap,
        (select arg_max(value, valid_from) from policy.rural_reinforcement_amount as fixed
            where fixed.valid_from <= owned.day)                                        as per_household,
        (select arg_max(value, valid_from) from policy.urban_reinforcement_per_square_metre as rate
            where rate.valid_from <= owned.day)                                         as per_square_metre,
        nullif(floor_area, 0)                                                           as built,

    from owned

),

reckoned as (

    select
        *,
        case work
            when 'rural_rebuild' then (
                share::decimal(6, 4) * unit_cost
                -- least() passes over what is unknown; an unknown number of people leaves the amount unknown
                * if(
                    area_per_person * people is null or area_cap is null,
                    null,
                    least(area_per_person * people, coalesce(built, area_cap), area_cap)
                )::decimal(12, 2)
            )::decimal(12, 2)
            when 'rural_reinforce' then per_household::decimal(12, 2)
            when 'urban_reinforce' then (per_square_metre::decimal(12, 2) * built)::decimal(12, 2)
        end as due,
        array_to_string(list_filter(case work
            when 'rural_rebuild' then [
                if(unit_cost is null, '每平方米造价', null),
                if(people is null, '家庭人口', null),
                if(share is null and category in ('dibao', 'dibao_edge'), '补助比例（参数）', null),
                if(share is null and category not in ('dibao', 'dibao_edge'), '该救助类别的补助比例（文件只规定低保和低保边缘）', null),
                if(area_per_person is null or area_cap is null, '补助面积（参数）', null)
            ]
            when 'rural_reinforce' then [if(per_household is null, '每户补贴（参数）', null)]
            else [if(built is null, '合法建筑面积', null), if(per_square_metre is null, '每平方米补助（参数）', null)]
        end, lambda input: input is not null), '、') as missing,

    from figure

),

listed as (

    select
        'untreated'                                          as condition,
        *,
        identified_on                                        as met_on,
        null::decimal(12, 2)                                 as amount,
        '危险房屋' || coalesce('（' || danger_grade || ' 级）', '')
            || if(treatment is null, '，治理方式和完成日期都没有登记', '，登记为未治理') as said,

    from reckoned

    where treatment = 'none'
        or (treatment is null and completed_on is null and coalesce(subsidy_paid, 0) = 0)

    union all

    select
        'subsidy_due'                                        as condition,
        *,
        completed                                            as met_on,
        due - coalesce(subsidy_paid, 0)                      as amount,
        case work
            when 'rural_rebuild' then '农村翻建'
            when 'rural_reinforce' then '农村加固'
            else '城镇加固'
        end
        || if(due is null, '：应补金额算不出，缺少 ' || missing, '：应补 ' || due || ' 元')
        || coalesce('，已补 ' || subsidy_paid || ' 元', '，已补金额没有登记（按未知列出）')
        || if(completed is null, '，没有登记完成日期', '')      as said,

    from reckoned

    where work in ('rural_rebuild', 'rural_reinforce', 'urban_reinforce')
        and coalesce(due > coalesce(subsidy_paid, 0), true)
        and day >= (select min(valid_from) from policy.rural_reinforcement_amount)

),

dated as (

    select
        listed.* exclude (met_on),
        coalesce(listed.met_on, first_listed.month) as first_met_on,

    from listed
    left join (
        select person_id, min(month) as month from core.roster group by person_id
    ) as first_listed on first_listed.person_id = listed.person_id

)

select
    condition,
    person_id,
    family_no,
    first_met_on::date                                                           as first_met_on,
    if(count(*) = count(amount), sum(amount), null)::decimal(12, 2)              as amount,
    null::boolean                                                                as national_bar,
    bool_and(both_certain)                                                       as certain,
    string_agg(said, '；' order by house_no, row_id)                              as summary,
    list_concat(
        list(struct_pack(row_id := row_id, event_date := coalesce(completed, identified_on), what := '危险房屋治理台账')
            order by house_no, row_id),
        [struct_pack(row_id := any_value(roster_row_id), event_date := any_value(roster_month), what := '在救助名册')]
    )                                                                            as evidence,

from dated

group by condition, person_id, family_no, first_met_on
