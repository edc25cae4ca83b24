-- What departments say against one another about a person on the roster. Sex, birth date and name are compared among
-- records that carry the person's own valid number; two numbers among the people whom the matcher cannot tell apart.
-- first_met_on is the person's first roster month: it stays the same however often the contradiction is delivered.
with

subject as (

    select
        roster.person_id,
        min(roster.month)                           as first_month,
        arg_max(roster.family_no, (roster.month, roster.row_id)) as family_no,
        any_value(person.id_no)                     as number,
        any_value(regexp_replace(person.name, '[（(【\[][^）)】\]]*[）)】\]]|[^\p{Han}a-zA-Z]', '', 'g')) as plain_name,

    from core.roster as roster
    join identity.person as person on person.person_id = roster.person_id

    group by roster.person_id

),

own as (

    select self.*, subject.plain_name as subject_name
    from core.recorded_self as self
    join subject on subject.person_id = self.person_id and subject.number = self.number

),

same_name as (

    select *
    from own
    where linked_here
        or plain_name = subject_name

),

misdated as (

    -- a valid number beside another birth date: of which person is it, the number's or the date's?
    select written.identity_id, written.name, written.birth_date, number.resolved as number
    from identity.identity as written
    join identity.number as number on number.id_no = written.id_no and number.quality = 'valid'
    where written.birth_precision = 'day'
        and written.birth_date <> try_strptime(number.resolved[7:14], '%Y%m%d')::date

),

contradiction as (

    select distinct 'sex' as condition, one.person_id, one.row_id, one.certain, one.said_on, one.department
    from same_name as one
    join same_name as other
        on other.person_id = one.person_id
        and other.department <> one.department
        and other.sex <> one.sex

    union all

    select distinct 'birth_date' as condition, one.person_id, one.row_id, one.certain, one.said_on, one.department
    from same_name as one
    join same_name as other
        on other.person_id = one.person_id
        and other.department <> one.department
        and other.birth_date <> one.birth_date

    union all

    -- a truncated name is the same name; of names alike, both must be written, by two departments
    select 'name' as condition, own.person_id, own.row_id, own.certain, own.said_on, own.department
    from own
    where not (own.linked_here and own.certain)
        and own.plain_name <> ''
        and not starts_with(own.plain_name, own.subject_name)
        and not starts_with(own.subject_name, own.plain_name)
        and exists (
            select 1
            from same_name as usual
            where usual.person_id = own.person_id
                and usual.plain_name = usual.subject_name
                and (usual.department <> own.department or not own.linked_here)
        )

    union all

    select 'two_numbers' as condition, self.person_id, self.row_id, self.certain, self.said_on, self.department
    from core.recorded_self as self
    join subject on subject.person_id = self.person_id
    where self.linked_here
        and self.number <> subject.number
        -- a number that is somebody else's was borrowed: that is the other person's conflict of names
        and (self.certain or self.number not in (select id_no from identity.person where id_no is not null))

    union all

    select distinct
        'two_numbers' as condition,
        pair.person_id,
        self.row_id,
        false         as certain,
        self.said_on,
        self.department,
    from (
        select person_id, other_person_id from identity.review
        union
        select other_person_id as person_id, person_id as other_person_id from identity.review
    ) as pair
    join identity.person as one on one.person_id = pair.person_id and one.id_quality = 'valid'
    join identity.person as other on other.person_id = pair.other_person_id and other.id_quality = 'valid'
    join core.recorded_self as self
        on self.person_id in (one.person_id, other.person_id)
        and self.linked_here
        and self.certain
    -- a corrected birth date differs in one place; two people of one name are mostly listed by one department both
    where one.id_no <> other.id_no
        and one.name = other.name
        and one.sex = other.sex
        and (year(one.birth_date) = year(other.birth_date))::integer
            + (month(one.birth_date) = month(other.birth_date))::integer
            + (day(one.birth_date) = day(other.birth_date))::integer >= 2
        and not exists (
            select 1
            from core.recorded_self as left_self
            join core.recorded_self as right_self on right_self.department = left_self.department
            where left_self.person_id = one.person_id
                and right_self.person_id = other.person_id
                and left_self.linked_here
                and right_self.linked_here
                and not left_self.names_only
                and not right_self.names_only
        )

    union all

    -- name and birth date are this person's, the number is not, and nobody of another name holds it
    select
        'two_numbers'                     as condition,
        person.person_id,
        (select min(row_id) from identity.row_identity as mapped where mapped.identity_id = misdated.identity_id) as row_id,
        false                             as certain,
        null::date                        as said_on,
        null                              as department,
    from misdated
    join identity.person as person
        on person.name = misdated.name
        and person.birth_date = misdated.birth_date
        and person.id_no <> misdated.number
    semi join subject on subject.person_id = person.person_id
    anti join identity.person as holder on holder.id_no = misdated.number and holder.name <> misdated.name

    union all

    select
        'certificate_cancelled_on_roster' as condition,
        certificate.person_id,
        certificate.row_id,
        certificate.certain,
        certificate.issued_on             as said_on,
        'disabled_persons_federation'     as department,
    from linked.disability_certificates as certificate
    semi join core.helped as helped on helped.person_id = certificate.person_id
    anti join core.disability as valid on valid.person_id = certificate.person_id
    where certificate.status = 'cancelled_as_dead'

),

beside as (

    -- the person's own record with Civil Affairs stands beside another name, another number and a cancelled certificate
    select distinct
        contradiction.condition,
        own.person_id,
        own.row_id,
        own.certain,
        own.said_on,
        own.department,

    from contradiction
    join (
        select *
        from same_name
        where linked_here
        qualify row_number() over (
            partition by person_id
            order by plain_name = subject_name desc, department = 'civil_affairs' desc, certain desc, said_on, row_id
        ) = 1
    ) as own on own.person_id = contradiction.person_id

    where contradiction.condition not in ('sex', 'birth_date')

),

summed as (

    select
        condition,
        person_id,
        bool_and(certain)                                                        as certain,
        list_sort(list_distinct(list(case department
            when 'civil_affairs' then '民政'
            when 'disabled_persons_federation' then '残联'
            when 'health' then '卫健'
            when 'hr_social_security' then '人社'
            when 'housing' then '住建'
        end)))                                                                   as departments,
        list(struct_pack(row_id := row_id, event_date := said_on, what := '互相矛盾的登记之一')
            order by said_on nulls last, row_id)                                 as evidence,

    from (
        -- a record that contradicts and stands beside is one record
        select condition, person_id, row_id, said_on, department, bool_and(certain) as certain
        from (select * from contradiction union all select * from beside)
        group by all
    )

    group by condition, person_id

)

select
    summed.condition,
    summed.person_id,
    subject.family_no,
    subject.first_month::date                                                    as first_met_on,
    null::decimal(12, 2)                                                         as amount,
    null::boolean                                                                as national_bar,
    summed.certain,
    case summed.condition
        when 'sex' then '同一证件号码下，各部门登记的性别不同'
        when 'birth_date' then '同一证件号码下，各部门登记的出生日期不同'
        when 'name' then '同一证件号码下登记了不同的姓名（也可能是子女或代办人借用号码）'
        when 'two_numbers' then '姓名、性别相同，出生日期相同或只差一处，登记了两个有效的证件号码'
        else '残疾人证因死亡注销而本人仍在救助名册'
    end || '；涉及：' || array_to_string(summed.departments, '、')                as summary,
    summed.evidence,

from summed
join subject on subject.person_id = summed.person_id
