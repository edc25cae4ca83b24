-- One row per identity and thing that ties it to a household, with how many people share that thing.
-- `crowd` is how many different valid numbers are written beside the value: a clerk's phone, a welfare home
-- or a hamlet ties hundreds to one value, and then says little. `is_home`: no more than a household holds.
with

counted as (

    select kind, value, count(*) as crowd
    from (
        select distinct tied.kind, tied.value, claim.number_no
        from matching_tied as tied
        join matching_claim as claim
            on claim.identity_id = tied.identity_id
        where claim.number_no is not null
    )
    group by kind, value

)

select
    tied.identity_id,
    tied.kind,
    tied.value,
    coalesce(counted.crowd, 0) as crowd,
    coalesce(counted.crowd, 0) <= 8 as is_home,

from matching_tied as tied
left join counted
    on counted.kind = tied.kind
    and counted.value = tied.value
