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

plain as (

    select coalesce(written.digits::varchar, written.number_no::varchar || 'X') as id_no
    from (select distinct number_no, digits from matching_written where number_no is not null) as written
    anti join matching_doubtful_number as doubtful
        on doubtful.number_no = written.number_no

)

select id_no, id_no as resolved, 'valid' as quality
from plain

union all

select odd.id_no, coalesce(number.number, odd.number) as resolved, odd.quality
from matching_odd_number as odd
anti join matching_doubtful_number as doubtful
    on doubtful.number_no = left(odd.number, 17)::bigint
    and odd.quality = 'valid'
left join matching_cluster as number
    on number.cluster = left(odd.number, 17)::bigint
where odd.number is not null

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
