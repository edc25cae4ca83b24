-- title: 本册目录与件数
-- note: 先缺口,后核实。
select
    contents.sheet_title  as contents_sheet,
    contents.kind_label   as kind_label,
    contents.clause       as clause,
    contents.row_count    as row_count,

from temp.contents as contents
order by contents.position
