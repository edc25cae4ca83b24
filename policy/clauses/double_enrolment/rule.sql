-- One person on the roster of one month in two families, or in one family in two categories.
-- Two families in two categories are one fact: two_families says both. Rows equal in family and category are a
-- repeated line, not a second enrolment. Family numbers are compared without spaces, dashes and leading zeros.
-- Temporary aid lies lawfully beside the standing categories: within a family it is no second category, and a
-- temporary case whose members all belong to the person's other family is that family under its case number.
with

listed as (

    select
        row_id,
        person_id,
        certain,
        month,
        family_no,
        category,
        person_amount,
        upper(ltrim(regexp_replace(family_no, '[\s_-]', '', 'g'), '0')) as family_key,

    from core.roster

),

doubled as (

    select person_id, month
    from listed
    group by person_id, month
    having count(distinct family_key) > 1 or count(distinct category) > 1

),

enrolled as (

    select listed.*
    from listed
    semi join doubled using (person_id, month)

),

pair as (

    select
        person_id,
        month,
        if(one.family_key <> other.family_key, 'two_families', 'two_categories')         as condition,
        one.certain and other.certain                                                     as certain,
        one.family_no,
        one.category <> other.category                                                    as categories_differ,
        if(one.person_amount is null or other.person_amount is null, null, least(one.person_amount, other.person_amount))
                                                                                          as amount,
        one.family_key                                                                    as one_family,
        other.family_key                                                                  as other_family,
        one.category = 'temporary'                                                        as one_temporary,
        other.category = 'temporary'                                                      as other_temporary,
        [
            struct_pack(row_id := one.row_id, event_date := month, what := '同月在救助名册的登记之一'),
            struct_pack(row_id := other.row_id, event_date := month, what := '同月在救助名册的登记之一')
        ]                                                                                 as evidence,

    from enrolled as one
    join enrolled as other using (person_id, month)

    where (one.family_key, one.category) < (other.family_key, other.category)

),

member as (

    select distinct listed.month, listed.family_key, listed.person_id
    from listed
    semi join enrolled on enrolled.month = listed.month and enrolled.family_key = listed.family_key

),

case_file as (

    -- pairs whose temporary side holds nobody from outside the other family, or is that family itself
    select distinct
        pair.person_id,
        pair.month,
        pair.one_family,
        pair.other_family,
        pair.one_temporary,
        pair.other_temporary,

    from pair

    where (one_temporary or other_temporary)
        and not exists (
            select 1
            from member
            where member.month = pair.month
                and member.family_key = if(one_temporary, one_family, other_family)
                and not exists (
                    select 1
                    from member as home
                    where home.month = pair.month
                        and home.person_id = member.person_id
                        and home.family_key = if(one_temporary, other_family, one_family)
                )
        )

),

counted as (

    select pair.*
    from pair
    anti join case_file using (person_id, month, one_family, other_family, one_temporary, other_temporary)
    qualify pair.certain = max(pair.certain) over (partition by person_id, condition)

),

summed as (

    select
        condition,
        person_id,
        first(family_no order by month, one_family)                                          as family_no,
        min(month)                                                                           as first_month,
        max(month)                                                                           as last_month,
        count(distinct month)                                                                as months,
        min(amount) filter (where is_first)                                                  as amount,
        bool_and(certain)                                                                    as certain,
        bool_or(categories_differ)                                                           as categories_differ,
        list_sort(list_distinct(flatten(list(evidence))))                                    as evidence,

    from (
        select
            *,
            month = min(month) over (partition by person_id, condition) as is_first,

        from counted
    )

    group by condition, person_id

)

select
    condition,
    person_id,
    family_no,
    first_month::date                                                                        as first_met_on,
    amount::decimal(12, 2)                                                                   as amount,
    null::boolean                                                                            as national_bar,
    certain,
    format(
        '同一月份登记在{} {} 个月（{} 至 {}）{}{}',
        if(condition = 'two_families', '两个家庭', '同一家庭的两个救助类别'),
        months, strftime(first_month, '%Y-%m'), strftime(last_month, '%Y-%m'),
        if(condition = 'two_families' and categories_differ, '，救助类别也不同', ''),
        if(condition = 'two_families', '；月中换发家庭编号也会这样登记，请先核实', '；月中变更类别也会这样登记，请先核实')
    ) || if(amount is null, '；本人月保障金登记不全，金额未知', '')                              as summary,
    evidence,

from summed
