-- One row per person: the best supported way to write the name, and what is known beyond doubt.
-- A number stands only where a valid, upgraded or restored number placed the person's records.
-- Nearly everybody's name is written one way only: the others alone are ranked.
with

record as materialized (

    select
        person.person_id,
        final.identity_id,
        final.is_strong,
        claim.display,
        contains(claim.folded, '*') as has_wildcard,
        number.number as id_no,
        case when number.number is null then claim.sex end as sex,
        case when number.number is null and claim.birth_precision = 'day' then claim.birth_date end as birth_date,
        case when number.number is null or claim.number = number.number then
            case
                when number.number is null and claim.quality in ('valid', 'upgraded_15', 'restored_certificate')
                    then 'invalid'
                else claim.quality
            end
        end as quality,

    from matching_final as final
    join matching_cluster_person as person
        on person.cluster = final.cluster
    join matching_claim as claim
        on claim.identity_id = final.identity_id
    left join matching_cluster as number
        on number.cluster = final.cluster

),

department as (

    select person_id, list_sort(list(department)) as departments
    from (
        select distinct record.person_id, seen.department
        from record
        join matching_seen as seen
            on seen.identity_id = record.identity_id
    )
    group by person_id

),

gathered as (

    select
        person_id,
        any_value(id_no) as id_no,
        min(display) as display,
        min(display) is distinct from max(display) or count(display) < count(*) as has_spellings,
        min(case quality
            when 'valid' then 1
            when 'upgraded_15' then 2
            when 'restored_certificate' then 3
            when 'one_slip' then 4
            when 'rounded_double' then 5
            when 'excel_truncated' then 6
            when 'masked' then 7
            when 'scientific' then 8
            when 'other_document' then 9
            when 'invalid' then 10
            when 'missing' then 11
        end) as quality_place,

    from record
    group by person_id

),

spelling as (

    select
        record.person_id,
        record.display,

    from record
    semi join (select person_id from gathered where has_spellings) as several
        on several.person_id = record.person_id
    group by record.person_id, record.display
    qualify row_number() over (
        partition by record.person_id
        order by
            bool_or(record.is_strong) desc, bool_and(record.has_wildcard), count(*) desc, len(record.display) desc,
            record.display
    ) = 1

),

written as (

    select
        person_id,
        mode(sex order by sex) as sex,
        mode(birth_date order by birth_date) as birth_date,

    from record
    where id_no is null
    group by person_id

)

select
    gathered.person_id,
    case when gathered.has_spellings then spelling.display else gathered.display end as name,
    gathered.id_no,
    case
        when gathered.id_no is null then written.sex
        when gathered.id_no[17]::integer % 2 = 1 then 'male'
        else 'female'
    end as sex,
    coalesce(try_strptime(gathered.id_no[7:14], '%Y%m%d')::date, written.birth_date) as birth_date,
    coalesce([
        'valid', 'upgraded_15', 'restored_certificate', 'one_slip', 'rounded_double', 'excel_truncated', 'masked',
        'scientific', 'other_document', 'invalid', 'missing'
    ][gathered.quality_place], 'missing') as id_quality,
    coalesce(department.departments, []) as departments,

from gathered
left join spelling
    on spelling.person_id = gathered.person_id
left join written
    on written.person_id = gathered.person_id
left join department
    on department.person_id = gathered.person_id
