-- The words for codes (labels.toml).
create or replace temp table label (kind varchar not null, code varchar not null, label varchar not null)
