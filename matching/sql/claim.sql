-- One row per identity: its name as folded, the whole number it claims, what is left of a damaged one,
-- and what in the row speaks against the number.
-- `number` is NULL where the text gives none, where a spoiled column makes it doubtful, and where the
-- person column and the disability certificate hold two different numbers (`choices`: often the
-- guardian's and the own one); a certificate restores only a number that is missing or damaged.
with

read as (

    select
        person.*,
        name.folded,
        name.key,
        name.pinyin,
        name.display,
        doubtful.quality is not null as is_doubtful,
        coalesce(doubtful.quality, number.quality, 'missing') as written_quality,
        number.number as own_number,
        certificate.number as certificate_number,
        coalesce(number.cosmetic, false) as is_cosmetic,
        coalesce(number.digits, case when doubtful.quality is not null then number.number end) as digits,
        number.pattern,
        number.low,
        number.high,
        coalesce(number.rounded, case when doubtful.quality = 'rounded_double' then number.number::double end) as rounded,
        number.phone as phone_in_number,
        borrowed.identity_id is not null as is_borrowed,

    from identity.identity as person
    join matching_name as name
        on name.name is not distinct from person.name
    left join matching_number as number
        on number.id_no = person.id_no
    left join matching_doubtful_number as doubtful
        on doubtful.id_no = person.id_no
    left join matching_certificate as certificate
        on certificate.disability_no = person.disability_no
    left join matching_borrowed as borrowed
        on borrowed.identity_id = person.identity_id

),

chosen as (

    select
        *,
        case
            when certificate_number is null and not is_doubtful then own_number
            when own_number is null or is_doubtful or own_number = certificate_number then certificate_number
        end as number,
        case
            when is_doubtful and certificate_number is null then [own_number]
            when own_number <> certificate_number and not is_doubtful then [own_number, certificate_number]
            else []
        end as choices,

    from read

)

select
    * exclude (is_doubtful, own_number, certificate_number, written_quality),
    written_quality,
    case
        when number is null and len(choices) = 2 then 'invalid'
        when certificate_number is not null and (own_number is null or is_doubtful) then 'restored_certificate'
        else written_quality
    end as quality,
    len(choices) = 2 as is_contested,
    number is not null and sex is not null
        and sex <> (case when number[17]::integer % 2 = 1 then 'male' else 'female' end) as sex_conflicts,
    number is not null and birth_date is not null and (case birth_precision
        when 'year' then year(birth_date)::varchar <> number[7:10]
        when 'month' then strftime(birth_date, '%Y%m') <> number[7:12]
        else strftime(birth_date, '%Y%m%d') <> number[7:14]
    end) as birth_conflicts,

from chosen
