-- The word for a code. A code without a word is shown as it is.
create or replace temp macro label_of(wanted_kind, wanted_code) as
    coalesce(
        (select label.label from temp.label as label where label.kind = wanted_kind and label.code = wanted_code),
        wanted_code
    )
