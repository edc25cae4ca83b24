-- One row per identity: the person it belongs to after this run, and the one it was given first.
select
    final.identity_id,
    person.person_id,
    coalesce(earlier.first_id, person.person_id) as first_id,

from matching_final as final
join matching_cluster_person as person
    on person.cluster = final.cluster
left join identity.person_key as earlier
    on earlier.identity_id = final.identity_id
