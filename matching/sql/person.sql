-- One row per person: the best supported way to write the name, and what is known beyond doubt.
-- A number stands only where a valid, upgraded or restored number placed the person's records.
with

record as (

    select
        person.person_id,
        person.cluster,
        final.is_strong,
        final.round,
        claim.*,
        number.number as cluster_number,

    from matching_final as final
    join matching_cluster_person as person
        on person.cluster = final.cluster
    join matching_claim as claim
        on claim.identity_id = final.identity_id
    left join matching_cluster as number
        on number.cluster = final.cluster

),

department as (

    select record.person_id, list_sort(list(distinct seen.department)) as departments
    from record
    join matching_seen as seen
        on seen.identity_id = record.identity_id
    group by record.person_id

),

spelling as (

    select
        person_id,
        display,
        row_number() over (
            partition by person_id
            order by bool_or(is_strong) desc, contains(min(folded), '*'), count(*) desc, len(display) desc, display
        ) as place,

    from record
    group by person_id, display

),

gathered as (

    select
        person_id,
        any_value(cluster_number) as id_no,
        mode(sex order by sex) as written_sex,
        mode(birth_date order by birth_date) filter (birth_precision = 'day') as written_birth,
        list_min(list(list_position([
            'valid', 'upgraded_15', 'restored_certificate', 'one_slip', 'rounded_double', 'excel_truncated', 'masked',
            'scientific', 'other_document', 'invalid', 'missing'
        ], case
            when cluster_number is null and quality in ('valid', 'upgraded_15', 'restored_certificate') then 'invalid'
            else quality
        end)) filter (cluster_number is null or number = cluster_number)) as quality_place,

    from record
    group by person_id

)

select
    gathered.person_id,
    spelling.display as name,
    gathered.id_no,
    case
        when gathered.id_no is null then gathered.written_sex
        when gathered.id_no[17]::integer % 2 = 1 then 'male'
        else 'female'
    end as sex,
    coalesce(try_strptime(gathered.id_no[7:14], '%Y%m%d')::date, gathered.written_birth) as birth_date,
    coalesce([
        'valid', 'upgraded_15', 'restored_certificate', 'one_slip', 'rounded_double', 'excel_truncated', 'masked',
        'scientific', 'other_document', 'invalid', 'missing'
    ][gathered.quality_place], 'missing') as id_quality,
    coalesce(department.departments, []) as departments,

from gathered
join spelling
    on spelling.person_id = gathered.person_id
    and spelling.place = 1
left join department
    on department.person_id = gathered.person_id
