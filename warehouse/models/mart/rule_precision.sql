-- One row per running rule, dimension (all, town, sex, age_band, disability) and group with answers: how many findings
-- were answered as 属实 or 不属实, and which share was true. Every rule has its `all` row, also without an answer.
-- on_trial: fewer answers than policy.trial_answers, or a share below policy.trial_true_share. It says so of a group too,
-- since a rule that is right of most people may be wrong of one town's.
-- suppressed: a small group must not leave the coordinating office, nor may the others of its dimension, which leave it
-- over when taken from all.
with

figure as (

    select
        as_of,
        (select arg_max(value, valid_from) from policy.trial_answers where valid_from <= as_of) as answers_needed,
        (select arg_max(value, valid_from) from policy.trial_true_share where valid_from <= as_of) as share_needed,
        (select arg_max(value, valid_from) from policy.severe_disability_grade where valid_from <= as_of) as severe_grade,
        (select coalesce(arg_max(value, valid_from), 0) from policy.small_cell_limit where valid_from <= as_of) as least_people,
    from run.context

),

-- A word that a person corrected or the office took back is followed by theirs; what the system notes later leaves it.
last_word as (

    select finding_id, state
    from findings.history
    qualify coalesce(lead("by") over (partition by finding_id order by rowid) in ('系统', '身份核对'), true)

),

answered as (

    select
        known.rule,
        history.state = '属实' as is_true,
        place.town,
        person.sex,
        date_diff('month', person.birth_date, figure.as_of) // 12 as years,
        certificate.grade,
        figure.severe_grade,
        certificate.person_id is not null as has_certificate,
        known.person_id is not null as has_person,

    from last_word as history
    join findings.known as known on known.finding_id = history.finding_id
    cross join figure
    left join area.flag as place on place.finding_id = known.finding_id
    left join identity.person as person on person.person_id = known.person_id
    left join core.disability as certificate on certificate.person_id = known.person_id
    where history.state in ('属实', '不属实')

),

grouped as (

    select rule, is_true, 'all' as dimension, '' as member from answered
    union all
    select rule, is_true, 'town', coalesce(town, '未登记') from answered
    union all
    select rule, is_true, 'sex', coalesce(sex, 'unknown') from answered
    union all
    select rule, is_true, 'age_band', coalesce(years // 20 * 20 || '-' || years // 20 * 20 + 19, 'unknown')
    from answered
    union all
    select rule, is_true, 'disability', case
        when not has_person then 'unknown'
        when not has_certificate then 'none'
        when grade <= severe_grade then 'severe'
        else 'other'
    end
    from answered

),

counted as (

    select
        rule.rule,
        coalesce(grouped.dimension, 'all')          as dimension,
        coalesce(grouped.member, '')                as member,
        count(grouped.rule)                         as answered,
        count(*) filter (grouped.is_true)           as found_true,

    from policy.rule as rule
    left join grouped on grouped.rule = rule.rule
    where rule.status = 'running'
    group by all

),

judged as (

    select
        counted.*,
        (found_true / nullif(answered, 0))::decimal(5, 4)   as true_share,
        answered between 1 and least_people - 1 as is_small,
        figure.answers_needed,
        figure.share_needed,

    from counted
    cross join figure

)

select
    rule,
    dimension,
    member,
    answered,
    found_true,
    true_share,
    coalesce(answered < answers_needed or true_share < share_needed, true) as on_trial,
    bool_or(is_small) over (partition by rule, dimension)                  as suppressed,

from judged
