-- How many rows in force of the tables a rule needs are this person's, and whether the table was ever delivered.
select
    coalesce(contract.title, needed.source_table) as table_title,
    coalesce(own.rows, 0)                         as rows,
    exists (
        select 1
        from mart.delivery as delivery
        where delivery.source_table = needed.source_table
            and delivery.status in ('accepted', 'superseded')
    )                                             as was_delivered,

from (select unnest($needs) as source_table, generate_subscripts($needs, 1) as place) as needed
left join raw.contract as contract on contract.source_table = needed.source_table
left join (
    select source_table, count(*) as rows
    from mart.identity_link
    where person_id = $person
    group by source_table
) as own on own.source_table = needed.source_table

order by needed.place
