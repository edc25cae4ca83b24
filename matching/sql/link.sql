-- One row per identity: its person, how it was found, how sure that is, and why in plain Chinese.
-- Weighed evidence is never surer than an undamaged number with an agreeing name, whatever the sum says.
select
    final.identity_id,
    person.person_id,
    final.round as method,
    coalesce(least(final.probability, 0.9999), round.probability)::double as probability,
    final.is_certain as certain,
    case
        when reason.because is not null then round.because || ':' || reason.because
        else round.because
    end as because,

from matching_final as final
join matching_cluster_person as person
    on person.cluster = final.cluster
join matching_round as round
    on round.name = final.round
left join matching_reason as reason
    on reason.identity_id = final.identity_id
