-- Helped households in a dangerous house: untreated, or treated with less paid than the decree's subsidy.
-- A household is helped when the owner is on the latest roster. Figures are those in force when the work was completed
-- (today, where no completion is entered); work completed before the decree is not under it.
-- Any input that is unknown leaves the amount unknown and is named. What was paid is unknown where it is not entered:
-- the household is listed with the whole amount due, and the summary says so. The sum for reinforcement in the country
-- is the household's: due once, on the house done first, less what was paid for any of them. A measure for which the
-- decree has no formula is listed without an amount. Demolition is settled by 征迁政策 (三(三)3): it is not reckoned here.
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
        least(house.completed_on, context.as_of)                           as day,

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
        nullif(people, 0)                                                               as persons,
        treatment = 'none'
            or (treatment is null and completed_on is null and coalesce(subsidy_paid, 0) = 0) as is_untreated,

    from owned

),

reckoned as (

    select
        *,
        array_to_string(list_filter(case work
            when 'rural_rebuild' then [
                if(unit_cost is null, '每平方米造价', null),
                if(persons is null, '家庭人口', null),
                if(share is null and category in ('dibao', 'dibao_edge'), '补助比例（参数）', null),
                if(category not in ('dibao', 'dibao_edge'), '该救助类别的补助比例（文件只规定低保和低保边缘）', null),
                if(area_per_person is null or area_cap is null, '补助面积（参数）', null)
            ]
            when 'rural_reinforce' then []
            when 'urban_reinforce' then [if(built is null, '合法建筑面积', null), if(per_square_metre is null, '每平方米补助（参数）', null)]
            when 'urban_rebuild' then ['补助标准（文件没有规定城镇翻建的补助）']
            else ['治理方式或城乡类别']
        end, lambda input: input is not null), '、') as missing,
        case when missing = '' then case work
            -- least() passes over a built area that is not entered; nothing else is unknown here
            when 'rural_rebuild' then share::decimal(6, 4) * unit_cost
                * least(area_per_person * persons, built, area_cap)::decimal(12, 2)
            when 'rural_reinforce' then per_household
            else per_square_metre * built
        end end::decimal(12, 2) as due,
        if(work = 'rural_reinforce', sum(subsidy_paid) over (same_sum), subsidy_paid) as paid,
        work is distinct from 'rural_reinforce'
            or row_number() over (same_sum order by completed, house_no, row_id) = 1  as is_due_here,

    from figure
    window same_sum as (partition by family_no, work, per_household is null)

),

listed as (

    select
        'untreated'                                          as condition,
        *,
        identified_on                                        as met_on,
        null::decimal(12, 2)                                 as amount,
        '危险房屋' || coalesce('（' || danger_grade || ' 级）', '')
            || if(treatment is null, '，治理方式和完成日期都没有登记', '，登记为未治理')
            || '，补助金额随治理方式而定，没有计算'             as said,

    from reckoned

    where is_untreated

    union all

    select
        'subsidy_due'                                        as condition,
        *,
        completed                                            as met_on,
        due - coalesce(paid, 0)                              as amount,
        concat(
            case setting when 'rural' then '农村' when 'urban' then '城镇' end,
            case treatment when 'rebuild' then '翻建' when 'reinforce' then '加固' else '危房，已有治理记录' end
        )
        || if(due is null, '：应补金额算不出，缺少 ' || missing, '：应补 ' || due || ' 元')
        || coalesce('，已补 ' || paid || ' 元', '，已补金额没有登记（按未知列出）')
        || if(completed is null, '，没有登记完成日期', '')      as said,

    from reckoned

    where is_untreated is distinct from true
        and treatment is distinct from 'demolish'
        and is_due_here
        and coalesce(due > coalesce(paid, 0), true)
        -- the decree is in force where its sum per household is
        and per_household is not null

),

dated as (

    select
        listed.* exclude (met_on),
        coalesce(listed.met_on, first_listed.month) as first_met_on,

    from listed
    join (
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
