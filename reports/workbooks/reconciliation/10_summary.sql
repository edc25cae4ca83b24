-- tab: 汇总
-- title: 汇总 · {month_label}
-- note: 与花名册已交付的上一个月比较;没有数据的留空,不按零算。缺口先于核实。
with

month_total as (

    select
        household.month,
        count(*)                    as households,
        sum(household.members)      as people,

    from mart.household as household
    join temp.period as period on household.month in (period.month, period.previous_month)
    group by household.month

),

month_amount as (

    select household.month, sum(household.household_amount) as yuan
    from core.household as household
    join temp.period as period on household.month in (period.month, period.previous_month)
    group by household.month

),

month_category as (

    select household.month, household.category, sum(household.members) as people
    from mart.household as household
    join temp.period as period on household.month in (period.month, period.previous_month)
    group by household.month, household.category

),

paid as (

    select payment.month, sum(payment.amount) as yuan
    from core.payment as payment
    join temp.period as period on payment.month in (period.month, period.previous_month)
    group by payment.month

),

move as (

    select
        count(*) filter (where move.move in ('new', 'back')) as came,
        count(*) filter (where move.move = 'exit')           as went,
        count(*)                                             as known,

    from temp.household_move as move

),

state_before as (

    select
        finding.kind,
        count(*) filter (where history.state in ('待核实', '已通知', '已答复')) as open_before,

    from (
        select finding_history.finding_id, arg_max(finding_history.state, finding_history.changed_at) as state
        from mart.finding_history as finding_history
        cross join temp.context as context
        where finding_history.changed_at < context.month
        group by finding_history.finding_id
    ) as history
    join mart.finding as finding on finding.finding_id = history.finding_id
    group by finding.kind

),

finding as (

    select
        subject.kind,
        count(*) filter (where subject.is_open)                             as open_now,
        sum(subject.amount) filter (where subject.is_open)                  as yuan,
        count(*) filter (where subject.is_open and subject.national_bar)    as national,
        count(*) filter (where subject.state = '属实')                       as confirmed,
        count(*) filter (where subject.state = '不属实')                     as refuted,

    from temp.subject as subject
    group by subject.kind

),

delivery as (

    select
        count(*) filter (where delivery.status <> 'unchanged')  as files,
        count(*) filter (where delivery.status = 'refused')     as refused,
        sum(delivery.rows_in)                                   as rows_in,
        sum(delivery.rows_rejected)                             as rows_rejected,

    from raw.delivery as delivery
    cross join temp.context as context
    where delivery.received_at >= context.month - interval 12 month

),

figure as (

    select 10 as position, '帮扶' as section, '在册家庭' as figure, '户' as unit, month_total.month, month_total.households::decimal(18, 2) as figure_value from month_total
    union all
    select 11, '帮扶', '在册人数', '人', month_total.month, month_total.people from month_total
    union all
    select 12, '帮扶', '月保障金额', '元', month_amount.month, month_amount.yuan from month_amount
    union all
    select 13, '帮扶', '当月发放金额(全部项目)', '元', paid.month, paid.yuan from paid
    union all
    select 20, '帮扶', '人数:' || label_of('category', month_category.category), '人', month_category.month, month_category.people from month_category
    union all
    select 30, '变动', '新增和恢复家庭', '户', period.month, move.came from move cross join temp.period as period where move.known > 0
    union all
    select 31, '变动', '离开家庭', '户', period.month, move.went from move cross join temp.period as period where move.known > 0
    union all
    select 40, '缺口', '待办事项', '条', period.month, coalesce(max(finding.open_now), 0) from temp.period as period left join finding on finding.kind = 'supportive' group by period.month
    union all
    select 40, '缺口', '待办事项', '条', period.previous_month, state_before.open_before from state_before cross join temp.period as period where state_before.kind = 'supportive'
    union all
    select 41, '缺口', '待办事项涉及金额', '元', period.month, finding.yuan from finding cross join temp.period as period where finding.kind = 'supportive'
    union all
    select 50, '核实', '待办事项', '条', period.month, coalesce(max(finding.open_now), 0) from temp.period as period left join finding on finding.kind = 'adverse' group by period.month
    union all
    select 50, '核实', '待办事项', '条', period.previous_month, state_before.open_before from state_before cross join temp.period as period where state_before.kind = 'adverse'
    union all
    select 51, '核实', '其中达到国家标准', '条', period.month, finding.national from finding cross join temp.period as period where finding.kind = 'adverse'
    union all
    select 52, '核实', '待办事项涉及金额', '元', period.month, finding.yuan from finding cross join temp.period as period where finding.kind = 'adverse'
    union all
    select 53, '核实', '核实为属实', '条', period.month, finding.confirmed from finding cross join temp.period as period where finding.kind = 'adverse'
    union all
    select 54, '核实', '核实为不属实', '条', period.month, finding.refuted from finding cross join temp.period as period where finding.kind = 'adverse'
    union all
    select 55, '规则', '运行中的规则', '条', period.month, (select count(*) from mart.rule_precision as precision where precision.dimension = 'all') from temp.period as period
    union all
    select 56, '规则', '其中试运行', '条', period.month, (select count(*) from mart.rule_precision as precision where precision.dimension = 'all' and precision.on_trial) from temp.period as period
    union all
    select 60, '身份', '身份待核', '对', period.month, (select count(*) from mart.identity_review as review where review.state <> '已答复') from temp.period as period
    union all
    select 61, '身份', '其中已答不确定', '对', period.month, (select count(*) from mart.identity_review as review where review.state = '不确定') from temp.period as period
    union all
    select 70, '数据', '收到文件(或工作表)', '份', period.month, delivery.files from delivery cross join temp.period as period
    union all
    select 71, '数据', '其中整份退回', '份', period.month, delivery.refused from delivery cross join temp.period as period
    union all
    select 72, '数据', '收到行数', '行', period.month, delivery.rows_in from delivery cross join temp.period as period
    union all
    select 73, '数据', '其中未收下的行', '行', period.month, delivery.rows_rejected from delivery cross join temp.period as period

)

select
    figure.section,
    figure.figure,
    figure.unit,
    sum(figure.figure_value) filter (where figure.month = period.month)           as this_month,
    sum(figure.figure_value) filter (where figure.month = period.previous_month)  as last_month,
    sum(figure.figure_value) filter (where figure.month = period.month)
        - sum(figure.figure_value) filter (where figure.month = period.previous_month)
                                                                            as change,
    case
        when figure.position < 30 then '区镇'
        when figure.position < 40 then '家庭变动'
        when figure.section in ('缺口', '核实') then figure.section
        when figure.section = '规则' then '规则目录'
        when figure.section = '数据' then '数据交付'
        else '工作量'
    end                                                                     as detail,
    figure.unit = '元'                                                       as money__row,

from figure
cross join temp.period as period
group by figure.position, figure.section, figure.figure, figure.unit
order by figure.position, figure.figure
