-- Helped people of working age, able to work, with neither work nor training in the last months (policy: 12).
-- An act on the same day of the month before they began is outside them; one on the day after is inside.
-- first_met_on: when the months since the last act were full, not before the person was on the roster and of age.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.training_gap_months where valid_from <= as_of) as months,
    from run.context as context

),

-- A course without any date may have been on any day: least() passes over NULL, so the day itself stands for it.
course as (

    select
        training.person_id,
        training.row_id,
        least(greatest(training.start_date, training.end_date), figure.as_of) as last_day,
    from linked.training as training
    cross join figure
    where coalesce(training.start_date <= figure.as_of, true)

),

trained as (

    select
        self.person_id,
        max(course.last_day) filter (not self.doubtful) as last_day,
        arg_max(course.row_id, (course.last_day, course.row_id)) filter (not self.doubtful) as row_id,
        max(course.last_day) as any_day,
    from core.possible_self as self
    join course
        on course.person_id = self.self_id
    group by self.person_id

),

-- any_day and any_work_on are a possible other self's wherever they are recent: one's own recent act takes the person out.
member as (

    select
        labour.*,
        figure.as_of,
        figure.months,
        figure.as_of - to_months(figure.months) as begins_after,
        greatest(labour.last_work_on, trained.last_day) as last_act_on,
        if(
            coalesce(trained.last_day >= labour.last_work_on, labour.last_work_on is null),
            trained.row_id, labour.last_work_row_id
        ) as last_act_row_id,
        labour.may_be_in_work
            or coalesce(greatest(trained.any_day, labour.any_work_on) > begins_after, false) as is_doubtful,
    from core.labour_force as labour
    cross join figure
    left join trained
        on trained.person_id = labour.person_id
    where labour.is_able_to_work
        and not labour.in_work

)

select
    'no_work_no_training'                                                       as condition,
    member.person_id,
    member.family_no,
    greatest(
        member.first_month, member.from_day, member.last_act_on + to_months(member.months)
    )::date                                                                     as first_met_on,
    null::decimal(12, 2)                                                        as amount,
    null::boolean                                                               as national_bar,
    member.certain and not member.is_doubtful                                   as certain,
    concat(
        case member.labour_capacity
            when 'full' then '名册登记有劳动能力' when 'partial' then '名册登记有部分劳动能力' else '名册未载劳动能力'
        end,
        '，最近 ', member.months, ' 个月未见就业、缴费或培训',
        case when member.last_act_on is not null then concat('，最近一次到 ', member.last_act_on) end, '。',
        case when member.is_doubtful then '另有一份可能属于本人的就业、缴费或培训记录，身份待核。' end,
        known.note
    )                                                                           as summary,
    list_filter([
        struct_pack(row_id := member.last_act_row_id, event_date := member.last_act_on, what := '最近一次就业、缴费或培训'),
        struct_pack(row_id := member.row_id, event_date := member.month, what := '在救助名册')
    ], lambda fact: fact.row_id is not null)                                    as evidence,

from member
join core.work_known as known
    on known.is_known
where (member.last_act_on is null or member.last_act_on <= member.begins_after)
    and exists (select 1 from linked.training)
