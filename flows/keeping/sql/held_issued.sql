-- One row per row of a workbook that was handed out about the person.
select
    issued.token,
    issued.row_kind,
    issued.month,
    issued.issued_at::date as issued_on,

from answers.issued as issued
left join findings.known as known
    on known.finding_id = issued.row_key

where known.person_id = $person
    or issued.row_key = $person
    or split_part(issued.row_key, '.', 3) = $person
    or try_cast(split_part(issued.row_key, '.', 2) as bigint) in (
        select mapped.row_id
        from identity.link as link
        join identity.row_identity as mapped
            on mapped.identity_id = link.identity_id
        where link.person_id = $person
    )

order by issued.month, issued.row_kind, issued.issued_at
