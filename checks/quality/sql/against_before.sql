-- Grain: one row per measure and column that the deliveries accepted before have, and kind of comparison: the span of
-- their figures. Towns deliver separately and in unequal parts, so sizes are compared only with files named alike but
-- for their dates (alike). What was nothing before has nothing to be compared with.
with

earlier as (

    select
        delivery.delivery_id,
        regexp_replace(delivery.source_file || '/' || coalesce(delivery.sheet, ''), $dates, '#', 'g')
            = regexp_replace($file, $dates, '#', 'g') as alike,

    from raw.delivery as delivery
    where delivery.source_table = $table
        and delivery.department = $department
        and delivery.status in ('accepted', 'superseded')
        and delivery.run_id < $run
        and delivery.rows_loaded >= $least

),

compared as (

    select earlier.delivery_id, false as alike
    from earlier
    qualify row_number() over (order by earlier.delivery_id desc) <= $deliveries

    union all

    select earlier.delivery_id, true as alike
    from earlier
    where earlier.alike
    qualify row_number() over (order by earlier.delivery_id desc) <= $deliveries

)

select
    profile.measure,
    profile.column_name,
    compared.alike,
    min(profile.value) as lowest,
    max(profile.value) as highest,
    min(profile.basis) as basis,

from compared
join quality.profile as profile on profile.delivery_id = compared.delivery_id
where list_contains($measures, profile.measure)
    and profile.value > 0
    and profile.basis >= $least
group by profile.measure, profile.column_name, compared.alike
