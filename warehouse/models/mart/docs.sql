-- view
-- One row per table and column of this schema (column_name NULL: the table itself), with its meaning in both languages.
-- A meaning under `table.column` comes before the general one of `column`. The dictionary itself is not published data.
with

described as (

    select
        shown.table_name,
        shown.column_name,
        shown.ordinal_position                      as position,
        shown.data_type,
        coalesce(special.heading, general.heading)       as heading,
        coalesce(special.meaning_zh, general.meaning_zh) as meaning_zh,
        coalesce(special.meaning_en, general.meaning_en) as meaning_en,

    from information_schema.columns as shown
    left join mart.dictionary as special on special.entry = shown.table_name || '.' || shown.column_name
    left join mart.dictionary as general on general.entry = shown.column_name

    where shown.table_schema = 'mart'
        and shown.table_name <> 'dictionary'
        and shown.table_catalog = current_database()

)

select
    entry      as table_name,
    null       as column_name,
    0          as position,
    null       as data_type,
    heading,
    meaning_zh,
    meaning_en,

from mart.dictionary

where is_table

union all

select
    table_name,
    column_name,
    position,
    data_type,
    heading,
    meaning_zh,
    meaning_en,

from described
