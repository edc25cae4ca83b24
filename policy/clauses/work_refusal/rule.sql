-- One row per person and condition: six_months, three_refusals.
-- Adverse, so: refusals and the roster line accuse only from certain links; whatever protects (acts, work, pension,
-- care, inability) counts from probable links too; what a possible other self did makes the claim unknown, and so do
-- months and tables nobody delivered: then certain is false and the summary says why.
with

figure as (

    select
        context.as_of,
        (select max(month) from core.roster_month) as roster_month,
        (select max(month) from core.contribution_month) as contribution_month,
        date_trunc('month', context.as_of + interval 1 day)::date - interval 1 month as complete_month,
        (select arg_max(value, valid_from) from policy.severe_disability_grade where valid_from <= as_of) as severe_grade,
        (select arg_max(value, valid_from) from policy.no_contribution_months where valid_from <= as_of) as idle_months,
        (select arg_max(value, valid_from) from policy.delivery_lag_months where valid_from <= as_of) as late_months,
        (select arg_max(value, valid_from) from policy.nursing_refusal_reasons where valid_from <= as_of) as nursing,
        (select arg_max(value, valid_from) from policy.good_refusal_reasons where valid_from <= as_of) as good_reasons,
        (select arg_max(value, valid_from) from policy.national_refusal_count where valid_from <= as_of) as national_count,
    from run.context as context

),

recent_contribution_month as (

    select month
    from core.contribution_month
    qualify row_number() over (order by month desc) <= (select idle_months from figure)

),

-- What would make "no act" or "not in work" an assumption instead of a fact.
delivered as (

    select
        concat_ws('、',
            case when not exists (select 1 from linked.job_seeking) then '求职登记' end,
            case when not exists (select 1 from linked.employment) then '就业登记' end,
            case when not exists (select 1 from linked.contributions) then '社会保险缴费' end,
            case when not exists (select 1 from linked.training) then '技能培训' end,
            case when not exists (select 1 from linked.pensions) then '养老待遇' end,
            case when not exists (select 1 from linked.care_assessments) then '失能评估' end,
            case when not exists (select 1 from linked.disability_certificates) then '残疾人证' end
        ) as never_delivered,
        (select max(month) from core.silent_month) as silent_month,
        -- a contribution there would be one of the last months that say whether the person is in work
        (select max(month) from core.silent_month where source_table = 'contributions')
            >= (select min(month) from recent_contribution_month) as recent_is_silent,

),

-- Until the lower retirement age, a woman's class not being exported (due-process 6); of unknown sex: not known.
stay as (

    select
        spell.person_id,
        spell.family_no,
        spell.starts_on,
        roster.row_id,
        roster.month,
        roster.person_amount,
        roster.labour_capacity,
        roster.certain and (roster.start_date is not null or spell.certain) as certain,
    from core.spell as spell
    join core.roster as roster
        on roster.row_id = spell.last_row_id
    join identity.person as person
        on person.person_id = spell.person_id
    join core.working_age as age
        on age.person_id = spell.person_id
    cross join figure
    where spell.category = 'dibao'
        and spell.is_open
        and person.sex is not null
        and age.from_day <= figure.as_of
        and age.until_lower > figure.as_of

),

-- A pension that was not ended when last seen; suspended is not ended.
pensioner as (

    select pension.person_id
    from linked.pensions as pension
    semi join core.possible_self as concerned
        on concerned.self_id = pension.person_id
    where pension.month <= (select as_of from figure)
    qualify pension.month = max(pension.month) over (partition by pension.person_id)
        and pension.status is distinct from 'ended'

),

in_work as (

    select person_id
    from core.employment
    where ends_on is null or ends_on >= (select as_of from figure)

    union

    select person_id
    from core.contribution
    where insured_as in ('employee', 'flexible')
        and paid is distinct from 'unpaid'
        and month >= (select min(month) from recent_contribution_month)

),

-- Asked only where the roster is silent on labour capacity. Expired does not mean recovered.
unable as (

    select person_id
    from linked.disability_certificates
    where grade <= (select severe_grade from figure) and coalesce(status <> 'cancelled', true)

    union

    select person_id
    from linked.care_assessments
    where assessed_on <= (select as_of from figure)
    qualify assessed_on = max(assessed_on) over (partition by person_id) and level = 'severe'

    union

    select person_id
    from core.roster
    where labour_capacity is not null
    qualify month = max(month) over (partition by person_id) and labour_capacity = 'none'

),

-- Who has such a fact, or only a possible other self (doubtful).
protected as (

    select
        stay.person_id,
        bool_and(self.doubtful) as doubtful,
    from stay
    join core.possible_self as self
        on self.person_id = stay.person_id
    join (
        select person_id, false as if_silent from pensioner
        union all
        select person_id, false from in_work
        union all
        select person_id, true from unable
        union all
        -- a dead person refuses nothing; one report is enough to accuse nobody
        select person_id, false from core.death
    ) as fact
        on fact.person_id = self.self_id and (stay.labour_capacity is null or not fact.if_silent)
    group by stay.person_id

),

member as (

    select
        stay.*,
        protected.doubtful is true as may_be_outside,
    from stay
    left join protected
        on protected.person_id = stay.person_id
    where stay.labour_capacity is distinct from 'none'
        and protected.doubtful is distinct from false

),

-- The last day on which an act may have happened, and on which one of a possible other self may have: whose exit is a
-- doubt of the same kind.
acted as (

    select
        self.person_id,
        max(act.last_day) filter (not self.doubtful) as own_act,
        max(act.last_day) as any_act,
    from core.possible_self as self
    join (
        select person_id, last_day, true as is_act from core.work_act
        union all
        select person_id, exit_date, false from core.exit
    ) as act
        on act.person_id = self.self_id and (act.is_act or self.doubtful)
    group by self.person_id

),

-- Refusals of the stay. A referral reported with two outcomes, or on no exact day, accuses nobody; the same referral
-- entered twice is one.
refusal as (

    select
        member.person_id,
        member.family_no,
        referral.row_id,
        referral.certain,
        referral.referral_date as refused_on,
        referral.refusal_reason is null as reason_unknown,
        list_filter(figure.good_reasons, lambda text: contains(regexp_replace(referral.refusal_reason, '\s', '', 'g'), text))[1]
            as excuse,
    from member
    join linked.job_referrals as referral
        on referral.person_id = member.person_id
    cross join figure
    where referral.referral_date between member.starts_on and figure.as_of
        and referral.referral_date_precision = 'day'
    qualify bool_and(referral.outcome = 'refused') over (partition by member.person_id, referral.referral_no)
        and row_number() over (
            partition by member.person_id, referral.referral_no order by referral.certain desc, referral.row_id
        ) = 1
        and row_number() over (
            partition by member.person_id, referral.referral_date,
                coalesce(referral.employer, referral.row_id::varchar), referral.job
            order by referral.certain desc, referral.row_id
        ) = 1

),

-- Who nurses at home: whoever said so when refusing and has not acted since, else the first who refused.
nurse as (

    select family_no, person_id
    from (
        select roster.family_no, roster.person_id, false as presumed, min(referral.referral_date) as since
        from core.roster as roster
        join linked.job_referrals as referral
            on referral.person_id = roster.person_id
        left join acted
            on acted.person_id = roster.person_id
        cross join figure
        where roster.month = figure.roster_month
            and referral.outcome = 'refused'
            and referral.certain
            and referral.referral_date <= figure.as_of
            and (acted.own_act is null or acted.own_act < referral.referral_date)
            and len(list_filter(
                figure.nursing, lambda text: contains(regexp_replace(referral.refusal_reason, '\s', '', 'g'), text)
            )) > 0
        group by roster.family_no, roster.person_id

        union all

        select family_no, person_id, true, min(refused_on)
        from refusal
        where excuse is null
        group by family_no, person_id
    )
    qualify row_number() over (partition by family_no order by presumed, since, person_id) = 1

),

need_now as (

    select
        nurse.person_id,
        bool_and(need.doubtful) as doubtful,
    from nurse
    join core.nursing_need as need
        on need.family_no = nurse.family_no and need.person_id <> nurse.person_id
    where need.month = (select roster_month from figure)
    group by nurse.person_id

),

-- Was somebody of the household of that month in need of care when the nurse refused?
need_then as (

    select
        placed.row_id,
        bool_and(need.doubtful) as doubtful,
    from (
        select refusal.row_id, refusal.person_id, roster.family_no, roster.month
        from refusal
        semi join nurse
            on nurse.person_id = refusal.person_id
        asof join core.roster as roster
            on roster.person_id = refusal.person_id and roster.month <= refusal.refused_on
    ) as placed
    join core.nursing_need as need
        on need.family_no = placed.family_no and need.month = placed.month and need.person_id <> placed.person_id
    group by placed.row_id

),

judged as (

    select
        refusal.*,
        coalesce(refusal.excuse, case when need_then.doubtful = false then '家庭护理' end) as excused,
        need_then.doubtful is true or need_now.doubtful is true as nursing_unclear,
    from refusal
    left join need_then
        on need_then.row_id = refusal.row_id
    left join need_now
        on need_now.person_id = refusal.person_id
    where need_now.doubtful is distinct from false

),

-- Twice: on certain links alone, and on all (what only then is met goes to identity review).
counted as (

    select
        basis.all_links,
        judged.*,
        wait.value as wait_months,
        needed.value as needed_count,
        row_number() over (
            partition by basis.all_links, judged.person_id order by judged.refused_on, judged.row_id
        ) as ordinal,
    from judged
    cross join (values (false), (true)) as basis(all_links)
    asof join policy.refusal_wait_months as wait
        on wait.valid_from <= judged.refused_on
    asof join policy.refusal_count as needed
        on needed.valid_from <= judged.refused_on
    where judged.excused is null
        and (judged.certain or basis.all_links)

),

-- 社会救助暂行办法 45: consecutive, no accepted or successful referral between the first and the last.
national as (

    select distinct
        last.all_links,
        last.person_id,
    from counted as last
    cross join figure
    join counted as first
        on first.all_links = last.all_links
        and first.person_id = last.person_id
        and first.ordinal = last.ordinal - figure.national_count + 1
    anti join core.work_act as taken
        on taken.person_id = last.person_id
        and taken.act in ('accepted', 'hired')
        and taken.first_day <= last.refused_on
        and taken.last_day >= first.refused_on

),

met as (

    select
        counted.all_links,
        counted.person_id,
        'six_months' as condition,
        min(counted.refused_on) as anchor,
        arg_min(counted.refused_on + to_months(counted.wait_months), counted.refused_on)::date as first_met_on,
        arg_min(counted.wait_months, counted.refused_on) as figure,
    from counted
    left join acted
        on acted.person_id = counted.person_id
    where acted.own_act is null or counted.refused_on > acted.own_act
    group by counted.all_links, counted.person_id

    union all

    select
        all_links,
        person_id,
        'three_refusals',
        min(refused_on),
        min(refused_on),
        min(ordinal),
    from counted
    where ordinal >= needed_count
    group by all_links, person_id

),

chosen as (

    select
        met.*,
        acted.any_act,
    from met
    left join acted
        on acted.person_id = met.person_id
    where met.first_met_on <= (select as_of from figure)
        and (acted.own_act is null or acted.own_act < met.anchor)
    qualify row_number() over (partition by met.person_id, met.condition order by met.all_links) = 1

),

listed as (

    select
        chosen.person_id,
        chosen.condition,
        count(*) filter (judged.excused is null) as counted,
        count(*) filter (judged.excused is not null) as excused,
        count(*) filter (judged.excused is null and judged.reason_unknown) as reason_unknown,
        bool_or(judged.nursing_unclear) as nursing_unclear,
        list(struct_pack(
            row_id := judged.row_id,
            event_date := judged.refused_on,
            what := case
                when judged.excused is not null then concat('拒绝职业介绍，有正当理由（', judged.excused, '），不计入')
                when judged.reason_unknown then '拒绝职业介绍，原因未填'
                else '拒绝职业介绍，所填原因不在正当理由之列'
            end
        ) order by judged.refused_on, judged.row_id) as facts,
    from chosen
    join judged
        on judged.person_id = chosen.person_id
        and (judged.certain or chosen.all_links)
        and (chosen.condition = 'three_refusals' or judged.refused_on >= chosen.anchor)
    group by chosen.person_id, chosen.condition

),

explained as (

    select
        chosen.*,
        member.* exclude (person_id),
        listed.* exclude (person_id, condition),
        national.person_id is not null as national_bar,
        figure.as_of,
        figure.contribution_month,
        figure.complete_month,
        concat_ws('；',
            case when not member.certain then '名册记录的身份关联不确定' end,
            case when chosen.all_links then '有的介绍记录身份关联不确定' end,
            case when member.may_be_outside then '可能是同一人的另一条记录有就业、缴费、养老待遇、重度残疾或死亡登记' end,
            case when chosen.any_act >= chosen.anchor then '可能是同一人的另一条记录有求职、就业、培训、缴费或退出' end,
            case when listed.nursing_unclear then '家中可能有人需要护理，评估记录的身份不确定' end,
            case when delivered.never_delivered <> '' then concat('从未收到', delivered.never_delivered, '数据') end,
            case
                when delivered.silent_month >= date_trunc('month', chosen.anchor) or delivered.recent_is_silent
                -- no list at all has come since: the months until the claim is met are as unknown
                    or figure.contribution_month < least(
                        date_trunc('month', chosen.first_met_on),
                        figure.complete_month - to_months(figure.late_months)
                    )
                then '其间有月份的就业服务或缴费数据没有收到，或者没有收全'
            end
        ) as doubts,
    from chosen
    join member
        on member.person_id = chosen.person_id
    join listed
        on listed.person_id = chosen.person_id and listed.condition = chosen.condition
    left join national
        on national.person_id = chosen.person_id and national.all_links = chosen.all_links
    cross join figure
    cross join delivered

)

select
    condition,
    person_id,
    family_no,
    first_met_on,
    person_amount as amount,
    national_bar,
    doubts = '' as certain,
    concat(
        case when doubts <> '' then concat('尚不能确定：', doubts, '。') end,
        case condition
            when 'six_months' then concat(
                anchor, ' 拒绝职业介绍后，至 ', first_met_on, ' 满 ', figure,
                ' 个月，至今未见求职登记、接受介绍、参加培训、就业或缴费。'
            )
            else concat('本次享受低保期间第 ', figure, ' 次拒绝职业介绍在 ', first_met_on, '，此后未见求职或就业。')
        end,
        '计入拒绝 ', counted, ' 次',
        case when reason_unknown > 0 then concat('，其中 ', reason_unknown, ' 次原因不明') end,
        case when excused > 0 then concat('；另有 ', excused, ' 次有正当理由，未计入') end,
        '。岗位是否相适应未知。',
        case when national_bar then '也达到国家规定的连续拒绝次数。' else '未达到国家规定的连续拒绝次数。' end,
        case
            when contribution_month < complete_month
            then concat('缴费数据到 ', strftime(contribution_month, '%Y-%m'), '，之后的月份未知。')
        end,
        case when labour_capacity is null then '名册未载劳动能力。' end,
        case when person_amount is null then '名册未载本人月保障金。' end
    ) as summary,
    list_prepend(
        struct_pack(row_id := row_id, event_date := month, what := '低保在册'),
        facts
    ) as evidence,

from explained
