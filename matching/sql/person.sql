-- One row per person: the best supported way to write the name, and what is known beyond doubt.
-- A number stands only where a valid, upgraded or restored number placed the person's records.
-- Nearly everybody's name is written one way only: the others alone are ranked.
with

record as materialized (

    select
        final.cluster,
        final.identity_id,
        final.is_strong,
        claim.written_no,
        case when final.cluster < 0 then claim.sex end as sex,
        case when final.cluster < 0 and claim.birth_precision = 'day' then claim.birth end as birth,
        case when final.cluster < 0 or claim.number_no = final.cluster then
            case claim.quality
                when 'valid' then case when final.cluster < 0 then 10 else 1 end
                when 'upgraded_15' then case when final.cluster < 0 then 10 else 2 end
                when 'restored_certificate' then case when final.cluster < 0 then 10 else 3 end
                when 'one_slip' then 4
                when 'rounded_double' then 5
                when 'excel_truncated' then 6
                when 'masked' then 7
                when 'scientific' then 8
                when 'other_document' then 9
                when 'invalid' then 10
                else 11
            end
        end as quality_place,
        office.departments,

    from matching_final as final
    join matching_claim as claim
        on claim.identity_id = final.identity_id
    join matching_office as office
        on office.identity_id = final.identity_id

),

gathered as (

    select
        cluster,
        min(written_no) as written_no,
        min(written_no) <> max(written_no) as has_spellings,
        min(quality_place) as quality_place,
        bit_or(departments) as departments,

    from record
    group by cluster

),

spelling as (

    select record.cluster, name.display
    from record
    semi join (select cluster from gathered where has_spellings) as several
        on several.cluster = record.cluster
    join matching_name as name
        on name.written_no = record.written_no
    group by record.cluster, name.display
    qualify row_number() over (
        partition by record.cluster
        order by
            bool_or(record.is_strong) desc, bool_and(contains(name.folded, '*')), count(*) desc, len(name.display) desc,
            name.display
    ) = 1

),

written as (

    select
        cluster,
        mode(sex order by sex) as sex,
        mode(birth order by birth) as birth,

    from record
    where cluster < 0
    group by cluster

)

select
    person.person_id,
    coalesce(spelling.display, name.display) as name,
    number.number as id_no,
    coalesce(number.sex, written.sex) as sex,
    try_strptime(coalesce(number.birth, written.birth)::varchar, '%Y%m%d')::date as birth_date,
    coalesce([
        'valid', 'upgraded_15', 'restored_certificate', 'one_slip', 'rounded_double', 'excel_truncated', 'masked',
        'scientific', 'other_document', 'invalid', 'missing'
    ][gathered.quality_place], 'missing') as id_quality,
    coalesce(department.departments, []) as departments,

from gathered
join matching_cluster_person as person
    on person.cluster = gathered.cluster
left join matching_name as name
    on name.written_no = gathered.written_no
left join spelling
    on spelling.cluster = gathered.cluster
left join matching_cluster as number
    on number.cluster = gathered.cluster
left join written
    on written.cluster = gathered.cluster
left join matching_department_set as department
    on department.bits = gathered.departments
