-- One row per identity with its cluster and the id its person had in the last run, and the place of the
-- cluster in the order in which new ids are given: numbers first, then the smallest identity as written.
-- That order does not depend on how files came in. Only people without a number need their texts sorted.
with

written as (

    select
        person.identity_id,
        row_number() over (
            order by name nulls last, id_no nulls last, disability_no nulls last, sex nulls last,
                birth_date nulls last, birth_precision nulls last, phone nulls last, address nulls last,
                family_no nulls last
        ) as place,

    from identity.identity as person
    semi join (select identity_id from matching_final where not starts_with(cluster, 'number:')) as unnumbered
        on unnumbered.identity_id = person.identity_id

),

ordered as (

    select
        final.cluster,
        dense_rank() over (
            order by
                not starts_with(final.cluster, 'number:'),
                case when starts_with(final.cluster, 'number:') then final.cluster end,
                min(written.place)
        ) as place,

    from matching_final as final
    left join written
        on written.identity_id = final.identity_id
    group by final.cluster

)

select
    final.identity_id,
    final.cluster,
    ordered.place,
    earlier.person_id,
    final.is_strong,

from matching_final as final
join ordered
    on ordered.cluster = final.cluster
left join identity.person_key as earlier
    on earlier.identity_id = final.identity_id
