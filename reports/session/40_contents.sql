-- The sheets of the workbook being written, for its first page.
create or replace temp table contents (
    position integer not null,
    sheet_title varchar not null,
    kind_label varchar,
    clause varchar,
    note varchar,
    row_count bigint not null,
)
