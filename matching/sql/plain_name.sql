-- One row per distinct written name; plain is one of two to four common characters that is no word for "no name".
select
    written.name,
    regexp_full_match(written.name, '[一-龥]{2,4}') and word.word is null as is_plain,

from (select distinct name from identity.identity where name is not null) as written
left join matching_no_name as word
    on word.word = written.name
