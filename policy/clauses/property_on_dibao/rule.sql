-- One row per dibao household of the latest roster with more dwellings registered to its members than the limit.
-- Adverse: the member's roster line and the registration must both be of certain links; a household over the limit only
-- with weaker links is returned as not certain. Property of unknown use is left out: nobody knows that it is a dwelling.
-- A member on the dibao rosters of two families counts in each: double_enrolment asks about that. Where
-- the roster of the day's month is not delivered, whoever has left dibao by a recorded exit since the last one is no member.
-- Certificates without an address prove two dwellings only where one person holds both: co-owners' may be of one.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.dwelling_limit where valid_from <= as_of) as most,
    from run.context as context

),

owned as (

    select
        helped.family_no,
        helped.row_id                         as roster_row_id,
        helped.month,
        helped.person_id,
        dwelling.row_id,
        dwelling.certificate_key,
        dwelling.address_key,
        dwelling.address_untold,
        dwelling.registered_on,
        helped.certain and dwelling.certain   as certain,

    from core.helped as helped
    join core.dwelling as dwelling on dwelling.person_id = helped.person_id
    cross join figure
    left join core.spell as stay
        on stay.person_id = helped.person_id
        and stay.category = helped.category
        and stay.last_month = helped.month
    where (coalesce(stay.is_open, true) or helped.month = date_trunc('month', figure.as_of))
        and helped.category = 'dibao'
        and not dwelling.may_be_dwelling

),

-- One dwelling: what shares a certificate, and certificates that share an address, also where one of them was printed
-- with two addresses.
addressed as (

    select
        owned.*,
        basis.all_links,
        min(owned.address_key) over (
            partition by basis.all_links, owned.family_no, owned.certificate_key
        ) as certificate_address,

    from owned
    cross join (values (false), (true)) as basis(all_links)
    where owned.certain or basis.all_links

),

neighboured as (

    select
        *,
        min(certificate_address) over (
            partition by all_links, family_no, coalesce(address_key, certificate_key)
        ) as shared_address,

    from addressed

),

keyed as (

    select
        *,
        coalesce(
            min(shared_address) over (partition by all_links, family_no, certificate_key),
            certificate_key
        ) as dwelling_key,

    from neighboured

),

dwelling as (

    select
        all_links,
        family_no,
        dwelling_key,
        min(registered_on) as registered_on,
        bool_or(address_key is not null) as has_address,
        row_number() over (
            partition by all_links, family_no order by min(registered_on) nulls first, dwelling_key
        )                  as ordinal,

    from keyed
    group by all_links, family_no, dwelling_key

),

held_by_one as (

    select all_links, family_no, max(dwellings) as dwellings
    from (
        select all_links, family_no, person_id, count(distinct dwelling_key) as dwellings
        from keyed
        where not address_untold
        group by all_links, family_no, person_id
    )
    group by all_links, family_no

),

over_limit as (

    select
        dwelling.family_no,
        dwelling.all_links,
        count(*)                                                                         as dwellings,
        greatest(count(*) filter (has_address), any_value(held_by_one.dwellings)) > figure.most as told_apart,
        any_value(dwelling.registered_on) filter (where dwelling.ordinal = figure.most + 1) as reached_on,

    from dwelling
    left join held_by_one using (family_no, all_links)
    cross join figure
    group by dwelling.family_no, dwelling.all_links, figure.most
    having count(*) > figure.most
    qualify row_number() over (partition by dwelling.family_no order by dwelling.all_links) = 1

),

first_dibao as (

    select roster.family_no, min(roster.month) as month
    from core.roster as roster
    join core.household_stay as stay
        on stay.family_no = roster.family_no and roster.month >= stay.first_month
    where roster.category = 'dibao'
    group by roster.family_no

),

demolished as (

    select distinct helped.family_no
    from linked.dangerous_houses as house
    join core.helped as helped on helped.person_id = house.person_id
    where house.treatment = 'demolish'

),

fact as (

    select distinct keyed.family_no, keyed.row_id, keyed.registered_on as event_date, '不动产登记为住宅' as what
    from keyed
    semi join over_limit on over_limit.family_no = keyed.family_no and over_limit.all_links = keyed.all_links

    union all

    select distinct keyed.family_no, keyed.roster_row_id, keyed.month, '成员低保在册'
    from keyed
    semi join over_limit on over_limit.family_no = keyed.family_no and over_limit.all_links = keyed.all_links

)

select
    'several_dwellings'                                                          as condition,
    null::varchar                                                                as person_id,
    over_limit.family_no,
    greatest(first_dibao.month, any_value(over_limit.reached_on))::date          as first_met_on,
    null::decimal(12, 2)                                                         as amount,
    null::boolean                                                                as national_bar,
    any_value(over_limit.told_apart and not over_limit.all_links)                as certain,
    concat(
        case when any_value(over_limit.all_links) then '尚不能确定：记录的身份关联不确定。' end,
        case when not any_value(over_limit.told_apart) then '尚不能确定：有的登记没有坐落，可能是同一处住宅。' end,
        '低保家庭成员名下登记有 ', any_value(over_limit.dwellings), ' 处住宅。',
        case when any_value(over_limit.reached_on) is null then '有的登记没有日期。' end,
        case when any_value(demolished.family_no) is not null then '危房台账登记有成员的房屋拆除，登记可能尚未注销。' end
    )                                                                            as summary,
    list(
        struct_pack(row_id := fact.row_id, event_date := fact.event_date, what := fact.what)
        order by fact.event_date, fact.row_id
    )                                                                            as evidence,

from over_limit
join first_dibao on first_dibao.family_no = over_limit.family_no
join fact on fact.family_no = over_limit.family_no
left join demolished on demolished.family_no = over_limit.family_no

group by over_limit.family_no, first_dibao.month
