-- One row per finding: its facts as this recipient may read them. The coordinating office and the owner of a fact
-- see file and row; another department never does. What the fact says is told only where disclosure.toml opens
-- that table to the recipient.
with

told as (

    select
        fact.finding_id,
        fact.position,
        case
            when readable.source_table is not null then concat_ws(' ', fact.event_date, fact.what)
            else '有一条记录,内容不在知悉范围'
        end
        || '('
        || concat_ws(
            ' ',
            case when fact.department <> context.department then label_of('department', fact.department) end,
            case when context.department in (fact.department, 'office')
                then concat_ws(' ', fact.source_file, fact.sheet, '第' || fact.source_row || '行') end
        )
        || ')'   as words,

    from temp.fact as fact
    cross join temp.context as context
    left join temp.readable_fact as readable
        on readable.source_table = fact.source_table
        and readable.recipient = context.department

)

select
    told.finding_id,
    array_to_string(list_slice(list(told.words order by told.position), 1, 8), chr(10))
        || case when count(*) > 8 then chr(10) || '……共 ' || count(*) || ' 条' else '' end  as facts,

from told
group by told.finding_id
