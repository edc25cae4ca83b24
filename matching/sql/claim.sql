-- One row per identity: the whole number it claims and what in the row speaks against that number.
-- `number_no` is NULL where the text gives none, where a spoiled column makes it doubtful, and where the
-- person column and the disability certificate hold two different numbers (`is_contested`: often the
-- guardian's and the own one); a certificate restores only a number that is missing or damaged.
with

chosen as (

    select
        reading.*,
        doubtful.number_no is not null as is_doubtful,
        reading.own_no <> reading.certificate_no and doubtful.number_no is null as is_contested,
        case
            when reading.certificate_no is null and doubtful.number_no is null then reading.own_no
            when reading.own_no is null or doubtful.number_no is not null or reading.own_no = reading.certificate_no
                then reading.certificate_no
        end as number_no,
        coalesce(doubtful.quality, reading.quality) as written_quality,

    from matching_reading as reading
    left join matching_doubtful_number as doubtful
        on doubtful.number_no = reading.own_no
        and reading.quality = 'valid'

)

select
    identity_id,
    written_no,
    name_no,
    key_no,
    sound_no,
    number_no,
    case
        when coalesce(is_contested, false) then 'invalid'
        when certificate_no is not null and (own_no is null or is_doubtful) then 'restored_certificate'
        else written_quality
    end as quality,
    is_cosmetic,
    is_borrowed,
    is_doubtful,
    coalesce(is_contested, false) as is_contested,
    own_no,
    certificate_no,
    sex,
    birth,
    birth_precision,
    coalesce(sex <> (case when number_no % 2 = 1 then 'male' else 'female' end), false) as sex_conflicts,
    coalesce(case birth_precision
        when 'year' then birth // 10000 <> number_no // 10000000 % 10000
        when 'month' then birth // 100 <> number_no // 100000 % 1000000
        else birth <> number_no // 1000 % 100000000
    end, false) as birth_conflicts,

from chosen
