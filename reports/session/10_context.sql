-- What a session is asked for: one row, read by every part and sheet. `rule`, `kind`,
-- `town` and `family_no` change from sheet to sheet.
create or replace temp table context (
    month date not null,
    issued_on date not null,
    due_on date not null,
    department varchar not null,
    rule varchar,
    kind varchar,
    town varchar,
    family_no varchar,
)
