-- One row per open identity and person with a number that what is left of the written number may mean.
-- One slip leaves the first 14, the last 12, or the first 6 and the last 4 as they were; two numbers in one row
-- each name their person. The surname holds too, else too many would meet.
with

person as (

    select
        cluster_name.cluster,
        form.surname_no,
        cluster_name.cluster // 1000 as first_fourteen,
        cluster_name.cluster % 100000000000 as last_eleven,
        cluster_name.cluster // 100000000000 * 1000 + cluster_name.cluster % 1000 as both_ends,

    from matching_cluster_name as cluster_name
    join matching_form as form
        on form.name_no = cluster_name.name_no

),

-- The check, the 18th character, is not looked at.
damaged as (

    select
        *,
        try_cast(left(digits, 14) as bigint) as first_fourteen,
        try_cast(left(right(digits, 12), 11) as bigint) as last_eleven,
        try_cast(left(digits, 6) || left(right(digits, 4), 3) as bigint) as both_ends,

    from matching_open
    where kind in ('damaged', 'masked')

),

met as (

    select damaged.identity_id, person.cluster
    from damaged
    join person
        on person.surname_no = damaged.surname_no
        and person.first_fourteen = damaged.first_fourteen

    union

    select damaged.identity_id, person.cluster
    from damaged
    join person
        on person.surname_no = damaged.surname_no
        and person.last_eleven = damaged.last_eleven

    union

    select damaged.identity_id, person.cluster
    from damaged
    join person
        on person.surname_no = damaged.surname_no
        and person.both_ends = damaged.both_ends

)

select met.identity_id, met.cluster
from met
join damaged
    on damaged.identity_id = met.identity_id
join matching_cluster as person
    on person.cluster = met.cluster
where case
    when damaged.pattern is not null then person.number like damaged.pattern
    when left(person.number, 15) = left(damaged.digits, 15) then true
    when damaged.rounded is not null and damaged.rounded = try_cast(person.number as double) then true
    else damerau_levenshtein(damaged.digits, person.number) <= 1
end

union

select open.identity_id, cluster.cluster
from (
    select identity_id, unnest([own_no, certificate_no]) as number_no
    from matching_open
    where is_contested
) as open
join matching_cluster as cluster
    on cluster.cluster = open.number_no
