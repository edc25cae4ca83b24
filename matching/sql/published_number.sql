-- One row per distinct written number: the whole number behind it, where it is known, and its state.
-- A damaged number is resolved only if all its records went to one and the same person by that number;
-- an undoubted whole one needs no look at its records.
with

questioned as (

    select number.id_no
    from matching_number as number
    left join matching_doubtful_number as doubtful
        on doubtful.id_no = number.id_no
    where doubtful.id_no is not null or number.quality not in ('valid', 'upgraded_15')

),

placed as (

    select
        person.id_no,
        count(distinct final.cluster) as people,
        min(cluster.number) as person_number,
        bool_or(final.round in ('slip_and_name', 'slip_and_homophone')) as is_slip,
        bool_or(final.round = 'rounded_and_name') as is_rounded,
        bool_and(coalesce(final.round in (
            'slip_and_name', 'slip_and_homophone', 'truncated_and_name', 'rounded_and_name', 'masked_and_name',
            'certificate_and_name'
        ), false)) as is_by_number,
        bool_and(claim.quality = 'restored_certificate') as is_restored,

    from identity.identity as person
    semi join questioned
        on questioned.id_no = person.id_no
    join matching_final as final
        on person.identity_id = final.identity_id
    join matching_claim as claim
        on claim.identity_id = final.identity_id
    left join matching_cluster as cluster
        on cluster.cluster = final.cluster
    group by person.id_no

)

select
    number.id_no,
    coalesce(
        case when doubtful.quality is null then number.number end,
        case when placed.people = 1 and placed.is_by_number then placed.person_number end
    ) as resolved,
    case
        when doubtful.quality is not null then doubtful.quality
        when number.quality in ('valid', 'upgraded_15') then number.quality
        when placed.is_restored then 'restored_certificate'
        when placed.is_slip then 'one_slip'
        when placed.is_rounded then 'rounded_double'
        when number.quality = 'one_slip' then 'invalid'
        else number.quality
    end as quality,

from matching_number as number
left join placed
    on placed.id_no = number.id_no
left join matching_doubtful_number as doubtful
    on doubtful.id_no = number.id_no
