-- One row per person whom any department reports dead.
-- death_date is the latest day that the certain reports allow (all reports where none is certain): a later date
-- protects. dates_agree looks at certain reports alone: all dated ones within the tolerance of each other, and either
-- two dated sources, or one beside a pension that ended as dead in that month or later, or beside a disability
-- certificate cancelled as dead, which tells no day.
with

chosen as (

    -- certain reports decide; probable ones speak only where there is no certain one
    select
        *,
        max(certain) over (partition by person_id) as best,

    from core.death_report

),

summed as (

    select
        person_id,
        count(distinct source)                                              as source_count,
        count(distinct source) filter (where certain)                       as certain_source_count,
        count(distinct source) filter (where certain and first_day is not null) as dated_sources,
        max(last_day) filter (where first_day is not null and certain = best) as dated,
        max(last_day) filter (where certain = best)                         as at_the_latest,
        max(first_day) filter (where certain) - min(last_day) filter (where certain and first_day is not null)
                                                                            as days_apart,
        min(first_day) filter (where certain)                               as first_day,
        min(last_day) filter (where certain and first_day is null)          as pension_ended,
        coalesce(bool_or(source = 'disability') filter (where certain), false) as cancelled_as_dead,
        list(struct_pack(
            row_id := row_id,
            event_date := said_on,
            what := case source
                when 'cremation' then '殡葬火化登记的死亡日期'
                when 'certificate' then '死亡医学证明的死亡日期'
                when 'pension' then '养老待遇因死亡终止的月份'
                else '残疾人证因死亡注销'
            end
        ) order by source, row_id) filter (where certain = best)            as evidence,

    from chosen

    group by person_id

)

select
    person_id,
    coalesce(dated, at_the_latest) as death_date,
    source_count,
    certain_source_count,
    coalesce(
        days_apart <= (
            select arg_max(value, valid_from) from policy.death_dates_agree_days
            where valid_from <= (select as_of from run.context)
        )
        and (dated_sources >= 2 or (dated_sources = 1 and (pension_ended >= first_day or cancelled_as_dead))),
        false
    )                              as dates_agree,
    evidence,

from summed
