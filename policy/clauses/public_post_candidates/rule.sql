-- Helped people of working age, able to work and without work on the day: candidates for a public welfare post.
-- first_met_on: since when all of it holds: on the roster, of age, and the day after the last work known.
select
    'post_candidate'                                                             as condition,
    member.person_id,
    member.family_no,
    greatest(member.first_month, member.from_day, member.last_work_on + 1)::date as first_met_on,
    null::decimal(12, 2)                                                         as amount,
    null::boolean                                                                as national_bar,
    member.certain and not member.may_be_in_work                                 as certain,
    concat(
        case member.labour_capacity
            when 'full' then '名册登记有劳动能力' when 'partial' then '名册登记有部分劳动能力' else '名册未载劳动能力'
        end,
        '，未见在职登记和最近月份的职工或灵活就业缴费',
        case when member.last_work_on is not null then concat('，最近一次就业或缴费到 ', member.last_work_on) end, '。',
        '就业意愿请询问本人。',
        case when member.may_be_in_work then '另有一份可能属于本人的就业或缴费记录，身份待核。' end,
        known.note
    )                                                                            as summary,
    list_filter([
        struct_pack(row_id := member.last_work_row_id, event_date := member.last_work_on, what := '最近一次就业或缴费'),
        struct_pack(row_id := member.row_id, event_date := member.month, what := '在救助名册')
    ], lambda fact: fact.row_id is not null)                                     as evidence,

from core.labour_force as member
join core.work_known as known
    on known.is_known
where member.is_able_to_work
    and not member.in_work
