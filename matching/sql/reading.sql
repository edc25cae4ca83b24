-- One row per identity: its name and numbers as read, in numbers instead of texts.
-- `birth` is yyyymmdd; `digits` a written number of 18 digits, right or wrong.
select
    person.identity_id,
    name.name_no,
    name.key_no,
    name.sound_no,
    coalesce(plain.number_no, left(odd.number, 17)::bigint) as own_no,
    certificate.number_no as certificate_no,
    case
        when plain.identity_id is not null then 'valid'
        else coalesce(odd.quality, 'missing')
    end as quality,
    coalesce(plain.identity_id is not null or odd.cosmetic, false) as is_cosmetic,
    borrowed.identity_id is not null as is_borrowed,
    coalesce(plain.digits, case when len(odd.digits) = 18 then try_cast(odd.digits as bigint) end) as digits,
    person.sex,
    year(person.birth_date) * 10000 + month(person.birth_date) * 100 + day(person.birth_date) as birth,
    person.birth_precision,

from identity.identity as person
left join matching_name as name
    on name.name = person.name
left join matching_plain_number as plain
    on plain.identity_id = person.identity_id
left join matching_odd_number as odd
    on odd.id_no = person.id_no
left join matching_certificate as certificate
    on certificate.disability_no = person.disability_no
left join (select distinct identity_id from matching_borrowed) as borrowed
    on borrowed.identity_id = person.identity_id
