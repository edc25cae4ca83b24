-- One row per helped household with no registered dwelling and no housing aid in force, of any member.
-- Without a delivery of registered property, or of housing aid, there is nothing to say. What a possible other self of
-- a member holds makes the gap probable. The household's unbroken stay on the roster dates it, or the end of its aid.
with

member as (

    select family_no, person_id, bool_and(certain) as certain
    from core.helped
    group by family_no, person_id

),

-- Whoever a member may be, the member first.
self as (

    select
        member.family_no,
        self.self_id,
        self.doubtful,

    from member
    join core.possible_self as self on self.person_id = member.person_id

),

aid as (

    select
        self.family_no,
        self.doubtful,
        case security.end_date_precision
            when 'month' then last_day(security.end_date)
            when 'year' then make_date(year(security.end_date), 12, 31)
            else security.end_date
        end as ends_on,

    from linked.housing_security as security
    join self on self.self_id = security.person_id
    where coalesce(security.start_date <= (select as_of from run.context), true)

),

dwelling as (

    select self.family_no, self.doubtful, dwelling.may_be_dwelling
    from core.dwelling as dwelling
    join self on self.self_id = dwelling.person_id

),

ledger as (

    select distinct member.family_no
    from linked.dangerous_houses as house
    join member on member.person_id = house.person_id
    where house.treatment is distinct from 'demolish'

),

told as (

    select
        family_no,
        bool_or(what = 'aid' and is_now and not doubtful)            as has_aid,
        bool_or(what = 'dwelling' and not doubtful)                  as has_dwelling,
        bool_or((is_now or what = 'dwelling') and doubtful)          as may_have,
        bool_or(what = 'unknown' and not doubtful)                   as has_unknown,
        max(ends_on) filter (where what = 'aid' and not is_now and not doubtful) as aid_ended_on,

    from (
        select
            family_no, doubtful, 'aid' as what, ends_on,
            coalesce(ends_on >= (select as_of from run.context), true) as is_now,
        from aid

        union all

        select family_no, doubtful, if(may_be_dwelling, 'unknown', 'dwelling'), null, false
        from dwelling
    )
    group by family_no

),

family as (

    select family_no, count(*) as members, bool_and(certain) as certain
    from member
    group by family_no

)

select
    'no_dwelling_no_aid'                                                         as condition,
    null::varchar                                                                as person_id,
    family.family_no,
    greatest(stay.first_month, told.aid_ended_on + 1)::date                      as first_met_on,
    null::decimal(12, 2)                                                         as amount,
    null::boolean                                                                as national_bar,
    family.certain and not coalesce(told.may_have, false)                        as certain,
    concat(
        '帮扶家庭 ', family.members, ' 名成员名下都没有登记住宅，也没有正在享受的住房保障。',
        case when told.aid_ended_on is not null then '住房保障已于 ' || told.aid_ended_on || ' 终止。' end,
        case when told.has_unknown then '另有用途未登记的不动产，请核对是否住宅。' end,
        case when ledger.family_no is not null then '危房台账登记有成员的房屋。' end,
        case when told.may_have then '可能属于成员的另一条记录有住宅或住房保障，身份待核。' end
    )                                                                            as summary,
    [struct_pack(row_id := household.row_id, event_date := household.month, what := '家庭在救助名册')] as evidence,

from family
join core.household_stay as stay on stay.family_no = family.family_no
join core.household as household
    on household.family_no = family.family_no and household.month = stay.last_month
left join told on told.family_no = family.family_no
left join ledger on ledger.family_no = family.family_no

where not coalesce(told.has_aid, false)
    and not coalesce(told.has_dwelling, false)
    and exists (select 1 from linked.properties)
    and exists (select 1 from linked.housing_security)
