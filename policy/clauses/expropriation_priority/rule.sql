-- One row per helped person whose only dwelling is entered in the housing ledger as to be, or having been, demolished.
-- Only: no second house of theirs in the ledger, and at most one registered dwelling, taken to be that house (rural
-- houses are often not registered at all). Other members' dwellings are theirs: the decree speaks of the person's own.
-- What was demolished before the decree is not under it.
with

ledger as (

    select
        house.person_id,
        count(distinct house.house_no)                                                    as houses,
        arg_max(house.row_id, house.row_id) filter (where house.treatment = 'demolish')   as row_id,

    from linked.dangerous_houses as house
    where coalesce(house.identified_on <= (select as_of from run.context), true)
    group by house.person_id

),

registered as (

    select
        person_id,
        count(distinct coalesce(address_key, certificate_key)) filter (where not may_be_dwelling) as dwellings,
        bool_or(may_be_dwelling)                                                                  as has_unknown,

    from (
        select person_id, certificate_key, min(address_key) as address_key, bool_and(may_be_dwelling) as may_be_dwelling
        from core.dwelling
        group by person_id, certificate_key
    )
    group by person_id

),

owner as (

    -- a person listed in two families is named once, in the better-aided one
    select *
    from core.helped
    qualify row_number() over (
        partition by person_id
        order by category = 'dibao' desc, category = 'dibao_edge' desc, certain desc, row_id
    ) = 1

),

first_listed as (

    select person_id, min(month) as month
    from core.roster
    group by person_id

),

concerned as (

    select
        owner.person_id,
        owner.family_no,
        owner.row_id                                     as roster_row_id,
        owner.month                                      as roster_month,
        owner.certain and house.certain                  as certain,
        house.row_id,
        house.identified_on,
        house.floor_area,
        if(house.completed_on <= context.as_of, house.completed_on, null) as completed_on,
        first_listed.month                               as first_month,
        coalesce(registered.dwellings, 0)                as dwellings,
        registered.has_unknown,
        (
            select arg_max(value, valid_from) from policy.expropriation_minimum_area
            where valid_from <= least(house.completed_on, context.as_of)
        )                                                as area,

    from ledger
    cross join run.context as context
    join linked.dangerous_houses as house on house.row_id = ledger.row_id
    join owner on owner.person_id = ledger.person_id
    join first_listed on first_listed.person_id = ledger.person_id
    left join registered on registered.person_id = ledger.person_id
    where ledger.houses = 1
        and (registered.dwellings > 1) is distinct from true

)

select
    'only_dwelling'                                                              as condition,
    person_id,
    family_no,
    coalesce(identified_on, first_month)::date                                   as first_met_on,
    null::decimal(12, 2)                                                         as amount,
    null::boolean                                                                as national_bar,
    certain,
    concat(
        '台账登记为拆除的房屋是本人唯一一处住房，建筑面积 ', coalesce(floor_area || ' 平方米', '未登记'),
        '；货币补偿低于 ', area, ' 平方米安置房总价的，直接按该面积安置。补偿金额和安置房价格不在数据中。',
        case when completed_on is not null then completed_on || ' 已完成。' end,
        case
            when not exists (select 1 from linked.properties) then '从未收到不动产登记，是否仅有一处住房请核对。'
            when dwellings = 0 then '不动产登记中没有本人的住宅，按台账一处列出。'
        end,
        case when has_unknown then '另有用途未登记的不动产，请核对是否住宅。' end
    )                                                                            as summary,
    [
        struct_pack(row_id := row_id, event_date := identified_on, what := '危险房屋治理台账登记为拆除'),
        struct_pack(row_id := roster_row_id, event_date := roster_month, what := '在救助名册')
    ]                                                                            as evidence,

from concerned
where area is not null
