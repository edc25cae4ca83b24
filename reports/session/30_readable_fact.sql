-- Which recipient may read the facts of which source table (disclosure.toml; a table's owner is added).
create or replace temp table readable_fact (source_table varchar not null, recipient varchar not null)
