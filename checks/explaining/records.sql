-- A person's records by file and reason of the link, with their physical rows.
select
    link.department,
    coalesce(contract.title, link.source_table)     as table_title,
    link.source_file,
    link.sheet,
    link.because,
    link.certain,
    list(link.source_row order by link.source_row)  as source_rows,

from mart.identity_link as link
left join raw.contract as contract on contract.source_table = link.source_table

where link.person_id = $person

group by all

order by link.department, table_title, link.source_file, link.sheet nulls first, link.because
