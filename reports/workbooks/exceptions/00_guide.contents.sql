-- title: 本册目录与件数
-- note: 先缺口,后核实。点击表名可直接跳到该表。
select
    contents.sheet_title  as contents_sheet,
    split_part(contents.note, ' 规则 ', 1)  as contents_note,
    contents.kind_label   as kind_label,
    contents.row_count    as row_count,

from temp.contents as contents
order by contents.position
