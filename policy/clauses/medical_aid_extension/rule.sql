-- People who left aid through higher income and are in one of the treatments of 三(一)1: candidates for longer aid.
-- The latest exit counts, inside the monitoring window, and only while nobody lists the person in a later month. In
-- treatment: settled within the months before the exit or since, and still within the last months before the day.
-- Codes are read without dots and blanks, in any width and case, several in one cell too; extensions follow the code.
-- Several letters in a row begin no ICD code: those of traditional medicine (BNC010) look like one further in.
-- A code that is too wide (way named) counts only where the diagnosis says the rest in words.
-- What is said names neither a disease nor a treatment: it only tells Health what of its own rows to look up.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.monitoring_window_months where valid_from <= as_of) as window_months,
        (select arg_max(value, valid_from) from policy.extension_treatment_months where valid_from <= as_of) as treatment_months,
        (select arg_max(value, valid_from) from policy.extension_treatment_words where valid_from <= as_of) as words,
        (select max(month) from core.roster_month) as roster_month,
    from run.context as context

),

treatment_code as (

    select first, arg_max(last, valid_from) as last, arg_max(way, valid_from) as way
    from policy.extension_treatment_codes
    where valid_from <= (select as_of from figure)
    group by first

),

left_aid as (

    select
        exits.*,
        standard.value as standard,
    from core.exit as exits
    cross join figure
    asof left join policy.dibao_standard as standard
        on standard.valid_from <= exits.exit_date
    qualify row_number() over (
            partition by exits.person_id order by exits.exit_date desc, exits.certain desc, exits.row_id
        ) = 1
        and exits.exit_date + to_months(figure.window_months) >= figure.as_of
        and (
            exits.reason = 'income'
            or (exits.reason = 'voluntary' and coalesce(exits.income_per_head >= standard.value, true))
            or (exits.reason is null and exits.income_per_head >= standard.value)
        )

),

away as (

    select left_aid.*
    from left_aid
    cross join figure
    anti join core.death as death
        on death.person_id = left_aid.person_id and death.dates_agree
    where not exists (
        select 1 from core.roster as roster
        where roster.person_id = left_aid.person_id
            and roster.month = figure.roster_month
            and roster.month > left_aid.exit_date
    )

),

visit as (

    select
        away.person_id,
        settlement.row_id,
        settlement.settled_on,
        settlement.certain,
        settlement.visit_type is not distinct from 'special_outpatient' as is_special,
        regexp_extract_all(
            regexp_replace(
                translate(
                    upper(settlement.diagnosis_code),
                    'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ０１２３４５６７８９．',
                    'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.'
                ),
                '[A-Z][A-Z]+[0-9.]*', '', 'g'
            ),
            '[A-Z][ .]*[0-9][0-9 .]*'
        ) as codes,
        len(list_filter(figure.words, lambda word: contains(settlement.diagnosis, word))) > 0 as is_named,
    from away
    cross join figure
    join core.settlement as settlement
        on settlement.person_id = away.person_id
    where settlement.settled_on > away.exit_date - to_months(figure.treatment_months)

),

coded as (

    select visit.row_id, max(treatment_code.way = 'therapy') as is_therapy
    from (select row_id, is_named, replace(replace(unnest(codes), '.', ''), ' ', '') as code from visit) as visit
    join treatment_code
        on left(visit.code, len(treatment_code.first)) between treatment_code.first and treatment_code.last
        and (visit.is_named or treatment_code.way <> 'named')
    group by visit.row_id

),

treated as (

    select
        visit.*,
        case
            when coded.is_therapy then 1
            when coded.row_id is not null then 2
            when visit.is_special then 3
        end as doubt,
    from visit
    left join coded
        on coded.row_id = visit.row_id
    where coded.row_id is not null
        or visit.is_special
        or (visit.is_named and coalesce(len(visit.codes), 0) = 0)

),

candidate as (

    select
        treated.person_id,
        min(treated.settled_on) as first_on,
        max(treated.settled_on) as last_on,
        count(*) as visits,
        min(treated.doubt) as doubt,
        bool_and(treated.certain) as certain,
        list(struct_pack(
            row_id := treated.row_id, event_date := treated.settled_on, what := '三(一)1 所指的医疗结算'
        ) order by treated.settled_on, treated.row_id) as facts,
    from treated
    cross join figure
    group by treated.person_id
    having max(treated.settled_on) > any_value(figure.as_of - to_months(figure.treatment_months))

)

select
    'extension_candidate'                              as condition,
    away.person_id,
    away.family_no,
    greatest(away.exit_date, candidate.first_on)       as first_met_on,
    null::decimal(12, 2)                               as amount,
    null::boolean                                      as national_bar,
    away.certain and candidate.certain                 as certain,
    concat(
        away.exit_date,
        case away.reason
            when 'income' then ' 因收入增加退出救助'
            when 'voluntary' then ' 主动申报退保'
            else ' 退出救助（退出原因不明，退出时收入不低于低保标准）'
        end,
        '；退出前后有 ', candidate.visits, ' 次就诊，最近一次 ', candidate.last_on, '，',
        case candidate.doubt
            when 1 then '编码符合三(一)1。'
            when 2 then '编码只符合三(一)1 的一部分，请核对。'
            when 3 then '按就诊类别列出，请核对是否符合三(一)1。'
            else '没有编码，请核对是否符合三(一)1。'
        end,
        case when away.reason = 'voluntary' then concat(
            case when away.income_per_head is null then '退出时人均月收入未载。' end,
            case when away.standard is null then '参数“最低生活保障标准”未设定，没有核对收入。' end
        ) end
    )                                                  as summary,
    list_prepend(
        struct_pack(row_id := away.row_id, event_date := away.exit_date, what := '退出救助'),
        candidate.facts
    )                                                  as evidence,

from away
join candidate
    on candidate.person_id = away.person_id
