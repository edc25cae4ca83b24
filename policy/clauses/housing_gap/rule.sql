-- One row per helped household with no registered dwelling and no housing aid in force, of any member.
-- Without a delivery of registered property, or of housing aid, there is nothing to say. What a possible other self of
-- a member holds makes the gap probable. The household's unbroken stay on the roster dates it, or the end of its aid.
with

member as (

    select distinct family_no, person_id
    from core.helped

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
        end                                       as ends_on,
        coalesce(ends_on >= context.as_of, true)  as is_now,

    from linked.housing_security as security
    join self on self.self_id = security.person_id
    cross join run.context as context
    where coalesce(security.start_date <= context.as_of, true)

),

-- A household with aid of its own is not listed at all: beside has_aid, aid that runs is a possible other self's.
aided as (

    select
        family_no,
        bool_or(is_now and not doubtful)            as has_aid,
        bool_or(is_now)                             as may_have,
        max(ends_on) filter (where not doubtful)    as ended_on,

    from aid
    group by family_no

),

-- Nor is one with a dwelling of its own: beside has_dwelling, a dwelling is another self's, the own is of unknown use.
housed as (

    select
        self.family_no,
        bool_or(not dwelling.may_be_dwelling and not self.doubtful)  as has_dwelling,
        bool_or(not dwelling.may_be_dwelling)                        as may_have,
        bool_or(not self.doubtful)                                   as has_unknown,

    from core.dwelling as dwelling
    join self on self.self_id = dwelling.person_id
    group by self.family_no

),

ledger as (

    select distinct member.family_no
    from linked.dangerous_houses as house
    join member on member.person_id = house.person_id
    where house.treatment is distinct from 'demolish'

),

family as (

    select family_no, count(distinct person_id) as members, bool_and(certain) as certain
    from core.helped
    group by family_no

)

select
    'no_dwelling_no_aid'                                                         as condition,
    null::varchar                                                                as person_id,
    family.family_no,
    greatest(stay.first_month, aided.ended_on + 1)::date                         as first_met_on,
    null::decimal(12, 2)                                                         as amount,
    null::boolean                                                                as national_bar,
    family.certain and (aided.may_have or housed.may_have) is distinct from true as certain,
    concat(
        '帮扶家庭 ', family.members, ' 名成员名下都没有登记住宅，也没有正在享受的住房保障。',
        '住房保障已于 ' || aided.ended_on || ' 终止。',
        case when housed.has_unknown then '另有用途未登记的不动产，请核对是否住宅。' end,
        case when ledger.family_no is not null then '危房台账登记有成员的房屋。' end,
        case when aided.may_have or housed.may_have then '可能属于成员的另一条记录有住宅或住房保障，身份待核。' end
    )                                                                            as summary,
    [struct_pack(row_id := household.row_id, event_date := household.month, what := '家庭在救助名册')] as evidence,

from family
join core.household_stay as stay on stay.family_no = family.family_no
join core.household as household
    on household.family_no = family.family_no and household.month = stay.last_month
left join aided on aided.family_no = family.family_no
left join housed on housed.family_no = family.family_no
left join ledger on ledger.family_no = family.family_no

where (aided.has_aid or housed.has_dwelling) is distinct from true
    and exists (select 1 from linked.properties)
    and exists (select 1 from linked.housing_security)
