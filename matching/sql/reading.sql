-- One row per identity: its name and numbers as read, in numbers instead of texts.
-- `birth` is yyyymmdd; `digits` a written number of 18 digits, right or wrong.
select
    written.identity_id,
    written.written_no,
    name.name_no,
    name.key_no,
    name.sound_no,
    coalesce(written.number_no, left(odd.number, 17)::bigint) as own_no,
    certificate.number_no as certificate_no,
    case
        when written.number_no is not null then 'valid'
        else coalesce(odd.quality, 'missing')
    end as quality,
    coalesce(written.number_no is not null or odd.cosmetic, false) as is_cosmetic,
    borrowed.identity_id is not null as is_borrowed,
    coalesce(written.digits, case when len(odd.digits) = 18 then try_cast(odd.digits as bigint) end) as digits,
    written.sex,
    written.birth,
    written.birth_precision,

from matching_written as written
left join matching_name as name
    on name.written_no = written.written_no
left join matching_odd_number as odd
    on odd.id_no = written.odd
left join matching_certificate as certificate
    on certificate.disability_no = written.disability_no
left join (select distinct identity_id from matching_borrowed) as borrowed
    on borrowed.identity_id = written.identity_id
