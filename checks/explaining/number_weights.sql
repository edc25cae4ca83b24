-- One row per comparison that stands behind the records which this person's own number places: what an equal number and
-- an equal name weigh against a stranger, in bits. Name: the learned share over how often the name is borne.
with

people as (select count(*) as people from identity.person where id_no is not null),

person as (

    select name
    from identity.person
    where person_id = $person and id_no is not null

),

bearers as (

    select greatest(count(*), 1) as bearers
    from identity.person as other
    join person
        on person.name = other.name
    where other.id_no is not null

)

select
    '身份证号一致(全市 ' || people.people || ' 人各有一个)' as phrase,
    log2(greatest(people.people, 2)) as weight,

from people
cross join person

union all

select
    '姓名一致(' || bearers.bearers || ' 人同名)' as phrase,
    log2(weight.same_person * people.people / bearers.bearers) as weight,

from people
cross join person
cross join bearers
join identity.weight as weight
    on weight.field = 'name'
    and weight.level = 'exact'
    and weight.department is null
