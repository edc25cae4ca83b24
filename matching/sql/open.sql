-- One row per identity that its number does not place, with what of it can be compared.
-- `kind` of its number decides with which others it can be weighed: damaged, masked, tail (only a few digits at
-- either end are left), glimpsed (only the first ones), choice (two numbers), borrowed (a whole number, but somebody else's) or none.
with

unplaced as (

    select claim.*
    from matching_claim as claim
    anti join matching_placed as placed
        on placed.identity_id = claim.identity_id
    where claim.name_no is not null

)

select
    unplaced.identity_id,
    unplaced.name_no,
    unplaced.key_no,
    unplaced.sound_no,
    form.surname_no,
    unplaced.quality,
    unplaced.number_no,
    unplaced.is_contested,
    unplaced.own_no,
    unplaced.certificate_no,
    case when unplaced.is_doubtful then person.id_no else odd.digits end as digits,
    odd.pattern,
    odd.low,
    odd.high,
    coalesce(odd.rounded, case when unplaced.quality = 'rounded_double' then person.id_no::double end) as rounded,
    case
        when unplaced.is_contested then 'choice'
        when unplaced.number_no is not null then 'borrowed'
        when unplaced.quality in ('missing', 'other_document') then 'none'
        when odd.pattern is not null then
            case
                when len(odd.digits) >= 10 then 'masked'
                when regexp_matches(odd.pattern, '[0-9]{3}[0-9X]$') then 'tail'
                else 'glimpsed'
            end
        when odd.low is not null then 'glimpsed'
        when len(coalesce(odd.digits, case when unplaced.is_doubtful then person.id_no end)) between 15 and 20 then 'damaged'
        else 'none'
    end as kind,
    unplaced.sex,
    case when unplaced.birth_precision = 'day' then unplaced.birth end as birth,
    unplaced.birth as birth_begin,
    unplaced.birth_precision,
    form.key,
    office.departments,

from unplaced
join identity.identity as person
    on person.identity_id = unplaced.identity_id
join matching_form as form
    on form.name_no = unplaced.name_no
join matching_office as office
    on office.identity_id = unplaced.identity_id
left join matching_odd_number as odd
    on odd.id_no = person.id_no
