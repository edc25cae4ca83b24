-- One row per identity: its person, how it was found, how sure that is, and why in plain Chinese.
select
    final.identity_id,
    person.person_id,
    final.round as method,
    round.probability,
    final.is_certain as certain,
    round.because,

from matching_final as final
join matching_cluster_person as person
    on person.cluster = final.cluster
join matching_round as round
    on round.name = final.round
