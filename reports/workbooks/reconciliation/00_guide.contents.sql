-- title: 本册目录
-- note: 点击表名可直接跳到该表。
select
    contents.sheet_title  as contents_sheet,
    contents.note         as contents_note,
    contents.row_count    as row_count,

from temp.contents as contents
order by contents.position
