-- One row per distinct written number: the whole number behind it, where it is known, and its state.
-- A damaged number is resolved only if all its records went to one and the same person by that number;
-- an undoubted whole one needs no look at its records.
with

questioned as (

    select
        person.id_no,
        claim.identity_id,
        claim.quality,
        claim.is_doubtful,
        claim.own_no,

    from matching_claim as claim
    join identity.identity as person
        on person.identity_id = claim.identity_id
    where person.id_no is not null
        and (claim.is_doubtful or claim.own_no is null)

),

resolved as (

    select
        questioned.id_no,
        min(cluster.number) as number,
        count(distinct final.cluster) = 1
            and bool_and(coalesce(scored.has_number, final.round = 'certificate_and_name')) as is_by_number,
        bool_or(weighed.level = 'slip') as is_slip,
        bool_or(weighed.level = 'rounded') as is_rounded,
        bool_and(questioned.quality = 'restored_certificate') as is_restored,
        bool_or(questioned.is_doubtful) as is_doubtful,
        min(questioned.quality) as quality,

    from questioned
    join matching_final as final
        on final.identity_id = questioned.identity_id
    left join matching_cluster as cluster
        on cluster.cluster = final.cluster
    left join matching_considered_scored as scored
        on scored.identity_id = final.identity_id
        and scored.cluster = final.cluster
    left join matching_considered_weighed as weighed
        on weighed.identity_id = final.identity_id
        and weighed.cluster = final.cluster
        and weighed.field = 'number'
    group by questioned.id_no

),

whole as (

    select
        coalesce(written.digits::varchar, written.number_no::varchar || 'X') as id_no,
        written.number_no as own_no,
        'valid' as quality,

    from (select distinct number_no, digits from matching_written where number_no is not null) as written
    anti join matching_doubtful_number as doubtful
        on doubtful.number_no = written.number_no

    union all

    select odd.id_no, left(odd.number, 17)::bigint as own_no, odd.quality
    from matching_odd_number as odd
    anti join matching_doubtful_number as doubtful
        on doubtful.number_no = left(odd.number, 17)::bigint
        and odd.quality = 'valid'
    where odd.number is not null

)

select
    whole.id_no,
    coalesce(number.number, odd.number, whole.id_no) as resolved,
    whole.quality,

from whole
left join matching_cluster as number
    on number.cluster = whole.own_no
left join matching_odd_number as odd
    on odd.id_no = whole.id_no

union all

select
    id_no,
    case when is_by_number then number end as resolved,
    case
        when is_restored then 'restored_certificate'
        when is_by_number and is_slip then 'one_slip'
        when is_by_number and is_rounded then 'rounded_double'
        when quality = 'one_slip' then 'invalid'
        else quality
    end as quality,

from resolved
