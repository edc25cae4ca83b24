-- One row per person ever on the roster, department, and distinct way in which that department writes the person:
-- what departments can contradict one another on. Rows are found by the valid number they carry, even where the
-- matcher did not link them by it (another name, another sex), and by the link. People in review with someone on the
-- roster are included, so that two numbers of one person can be laid side by side.
-- names_only: lists of work, care, property and housing tell no sex or birth date; they are read by the number alone.
with

population as (

    select person_id from core.roster

    union

    select review.other_person_id
    from identity.review as review
    semi join core.roster as roster on roster.person_id = review.person_id
    where review.other_person_id is not null

    union

    select review.person_id
    from identity.review as review
    semi join core.roster as roster on roster.person_id = review.other_person_id
    where review.person_id is not null

),

numbered as (

    select person.person_id, number.id_no, number.resolved
    from identity.person as person
    semi join population on population.person_id = person.person_id
    join identity.number as number on number.resolved = person.id_no and number.quality = 'valid'

),

written as (

    select 'civil_affairs' as department, row_id, person_id, certain, name, id_no, sex, birth_date,
        birth_date_precision as precision, month as said_on
    from linked.assistance_roster

    union all

    select 'civil_affairs' as department, row_id, person_id, certain, name, id_no, sex, null as birth_date,
        null as precision, death_date as said_on
    from linked.deaths

    union all

    select 'disabled_persons_federation' as department, row_id, person_id, certain, name, id_no, sex, birth_date,
        birth_date_precision as precision, issued_on as said_on
    from linked.disability_certificates

    union all

    select 'health' as department, row_id, person_id, certain, name, id_no, sex, birth_date,
        birth_date_precision as precision, settled_on as said_on
    from linked.medical_settlements

    union all

    select 'health' as department, row_id, person_id, certain, name, id_no, sex, null as birth_date,
        null as precision, death_date as said_on
    from linked.death_certificates

    union all

    select 'health' as department, row_id, person_id, certain, name, id_no, null as sex, null as birth_date,
        null as precision, signed_on as said_on
    from linked.family_doctor_contracts

),

named as (

    select 'hr_social_security' as department, row_id, person_id, certain, name, id_no, referral_date as said_on
    from linked.job_referrals

    union all

    select 'hr_social_security' as department, row_id, person_id, certain, name, id_no, registered_on as said_on
    from linked.job_seeking

    union all

    select 'hr_social_security' as department, row_id, person_id, certain, name, id_no, contract_start as said_on
    from linked.employment

    union all

    select 'hr_social_security' as department, row_id, person_id, certain, name, id_no, month as said_on
    from linked.contributions

    union all

    select 'hr_social_security' as department, row_id, person_id, certain, name, id_no, start_date as said_on
    from linked.training

    union all

    select 'hr_social_security' as department, row_id, person_id, certain, name, id_no, month as said_on
    from linked.pensions

    union all

    select 'health' as department, row_id, person_id, certain, name, id_no, assessed_on as said_on
    from linked.care_assessments

    union all

    select 'housing' as department, row_id, person_id, certain, name, id_no, start_date as said_on
    from linked.housing_security

    union all

    select 'housing' as department, row_id, person_id, certain, name, id_no, identified_on as said_on
    from linked.dangerous_houses

    union all

    select 'housing' as department, row_id, person_id, certain, name, id_no, registered_on as said_on
    from linked.properties

),

placed as (

    select
        numbered.person_id,
        numbered.resolved as number,
        written.person_id as linked_person,
        false             as names_only,
        written.* exclude (person_id),
    from written
    join numbered on numbered.id_no = written.id_no

    union all by name

    select
        numbered.person_id,
        numbered.resolved as number,
        named.person_id   as linked_person,
        true              as names_only,
        named.* exclude (person_id),
    from named
    join numbered on numbered.id_no = named.id_no

    union all by name

    select
        written.person_id,
        number.resolved   as number,
        written.person_id as linked_person,
        false             as names_only,
        written.* exclude (person_id),
    from written
    semi join population on population.person_id = written.person_id
    left join identity.number as number on number.id_no = written.id_no and number.quality = 'valid'
    anti join numbered on numbered.id_no = written.id_no and numbered.person_id = written.person_id

)

select
    person_id,
    department,
    number,
    linked_person = person_id                                          as linked_here,
    -- notes in brackets, spaces and dots are writing, not another name
    regexp_replace(name, '[（(【\[][^）)】\]]*[）)】\]]|[^\p{Han}a-zA-Z]', '', 'g') as plain_name,
    sex,
    case when precision = 'day' then birth_date end                    as birth_date,
    names_only,
    bool_or(certain)                                                   as certain,
    arg_min(row_id, (said_on, row_id))                                 as row_id,
    min(said_on)                                                       as said_on,

from placed

where coalesce(said_on <= (select as_of from run.context), true)

group by all
