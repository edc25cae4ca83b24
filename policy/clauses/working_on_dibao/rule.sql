-- One row per person with months on the dibao roster in which work was paid: income to recheck, month by month.
-- Adverse: a month counts where the roster line and the record of work (an employee contribution marked as paid, or a
-- registered wage) both are of certain links; what rests on weaker links alone is returned as not certain.
-- The month in which the stay began is left out: what was earned before its first day was lawful. So is work in the
-- month of an exit that is not known to have begun before it, and so are months of a recorded grace. A grace of a
-- possible other self, exits never delivered, a stay that ended without a recorded exit, and the months after a
-- voluntary exit whose grace nobody wrote down make months unknown.
with

listed as (

    select row_id, person_id, certain, month, family_no, start_date
    from core.roster
    where category = 'dibao'
        and coalesce(start_date <= month, true)
    qualify row_number() over (partition by person_id, month order by certain desc, row_id) = 1

),

grace as (

    select
        self.person_id,
        self.doubtful,
        date_trunc('month', exits.exit_date)::date as from_month,
        exits.grace_until,

    from core.exit as exits
    join core.possible_self as self on self.self_id = exits.person_id

),

longest as (

    select arg_max(value, valid_from) as value
    from policy.grace_maximum_months
    where valid_from <= (select as_of from run.context)

),

-- Whoever left the roster without a recorded exit may have done so in a grace, and so may whoever is still listed in
-- the same stay after a voluntary exit without a written end of the grace: those months are unknown, each once.
left_unsaid as (

    select listed.person_id, listed.month
    from listed
    cross join longest
    join core.spell as spell
        on spell.person_id = listed.person_id
        and listed.month between spell.last_month - to_months(longest.value) and spell.last_month
    where spell.category = 'dibao'
        and spell.end_kind = 'missing'

    union

    select listed.person_id, listed.month
    from listed
    cross join longest
    join core.possible_self as self
        on self.person_id = listed.person_id
    join core.exit as exits
        on exits.person_id = self.self_id
        and listed.month between exits.exit_date and exits.exit_date + to_months(longest.value)
        and coalesce(listed.start_date <= exits.exit_date, true)
    where exits.category = 'dibao'
        and exits.reason = 'voluntary'
        and exits.grace_until is null

),

-- Registered after the exit's day; or only paid for in its month, without work in the month before or registered before.
begun_after_exit as (

    select
        earning.row_id,
        earning.month,
    from core.earning as earning
    join core.exit as exits
        on exits.person_id = earning.person_id
        and date_trunc('month', exits.exit_date) = earning.month
    where exits.category = 'dibao'
        and exits.exit_date < last_day(exits.exit_date)
        and if(earning.source = 'employment', earning.event_date > exits.exit_date, not exists (
            select 1 from core.earning as before
            where before.person_id = earning.person_id
                and before.is_sure
                and (
                    before.month = earning.month - interval 1 month
                    or before.source = 'employment' and before.event_date <= exits.exit_date
                        and before.month = earning.month
                )
        ))

),

counted as (

    select
        listed.person_id,
        listed.month,
        listed.family_no,
        listed.row_id                                  as roster_row_id,
        earning.row_id,
        earning.source,
        earning.event_date,
        earning.income,
        listed.certain and earning.certain and left_unsaid.month is null as certain,
        left_unsaid.month is not null                  as may_have_left,
        exists (
            select 1 from grace
            where grace.person_id = listed.person_id
                and listed.month between grace.from_month and grace.grace_until
        )                                              as maybe_in_grace,

    from listed
    left join left_unsaid
        on left_unsaid.person_id = listed.person_id and left_unsaid.month = listed.month
    join core.earning as earning
        on earning.person_id = listed.person_id and earning.month = listed.month
    anti join begun_after_exit as lawful
        on lawful.row_id = earning.row_id and lawful.month = earning.month
    where earning.is_sure
        and (
            earning.source = 'contribution' and earning.kind = 'employee'
            or earning.source = 'employment' and earning.income is not null
        )
        and not exists (
            select 1 from grace
            where grace.person_id = listed.person_id and not grace.doubtful
                and listed.month between grace.from_month and grace.grace_until
        )

),

-- Certain records alone where there are any, else all of them: one certainty per person.
basis as (

    select *
    from counted
    qualify certain = max(certain) over (partition by person_id)

),

-- The registered wage speaks for a month; the contribution base only where no wage is given.
monthly as (

    select
        person_id,
        month,
        any_value(roster_row_id)                       as roster_row_id,
        any_value(family_no)                           as family_no,
        coalesce(
            sum(income) filter (where source = 'employment'),
            if(bool_or(income is null), null, sum(income))
        )                                              as income,
        bool_or(source = 'employment')                 as has_wage,
        any_value(certain)                             as certain,
        any_value(maybe_in_grace)                      as maybe_in_grace,
        any_value(may_have_left)                       as may_have_left,

    from basis
    group by person_id, month

),

fact as (

    select person_id, roster_row_id as row_id, month as event_date, '低保在册' as what from monthly

    union

    select person_id, row_id, event_date, if(source = 'employment', '就业登记，登记有月工资', '以职工身份缴纳社会保险')
    from basis

),

facts as (

    select
        person_id,
        list(struct_pack(row_id := row_id, event_date := event_date, what := what) order by event_date, row_id) as list,
    from fact
    group by person_id

),

summed as (

    select
        monthly.person_id,
        arg_max(monthly.family_no, monthly.month)                      as family_no,
        min(monthly.month)                                             as first_month,
        count(*)                                                       as months,
        if(count(*) = count(monthly.income), sum(monthly.income), null) as income,
        any_value(monthly.certain)                                     as certain,
        bool_or(monthly.maybe_in_grace)                                as maybe_in_grace,
        bool_or(monthly.may_have_left)                                 as may_have_left,
        bool_or(need.month is not null)                                as has_need,
        list(concat(
            strftime(monthly.month, '%Y-%m'), ' ',
            coalesce(monthly.income || ' 元' || if(monthly.has_wage, '（工资）', '（缴费基数）'), '数额未登记')
        ) order by monthly.month desc)                                 as told,

    from monthly
    left join (select distinct family_no, month from core.nursing_need) as need
        on need.family_no = monthly.family_no and need.month = monthly.month
    group by monthly.person_id

)

select
    'working'                                                                    as condition,
    summed.person_id,
    summed.family_no,
    summed.first_month::date                                                     as first_met_on,
    summed.income::decimal(12, 2)                                                as amount,
    null::boolean                                                                as national_bar,
    summed.certain and not summed.maybe_in_grace and exists (select 1 from linked.assistance_exits) as certain,
    concat(
        case when not exists (select 1 from linked.assistance_exits) then '尚不能确定：从未收到退出名册，是否在缓退期内未知。' end,
        case when summed.maybe_in_grace then '尚不能确定：可能是同一人的另一条记录在缓退期内。' end,
        case
            when summed.may_have_left then '尚不能确定：退出名册而未见退出登记或缓退截止月份，是否在缓退期内未知。'
            when not summed.certain then '尚不能确定：记录的身份关联不确定。'
        end,
        '低保在册的 ', summed.months, ' 个月份有工资或职工缴费，请逐月核对收入：',
        array_to_string(list_reverse(summed.told[:12]), '、'),
        case when summed.months > 12 then '（只列最近 12 个月份）' end,
        '。这些收入是否已经计入家庭收入未知。',
        case when summed.has_need then '家中登记有需要护理的人员，可有一名劳动年龄段成员不计收入。' end
    )                                                                            as summary,
    facts.list                                                                   as evidence,

from summed
join facts on facts.person_id = summed.person_id
