-- One row per weighed link or open question and field: how it compares and what that weighs, in bits.
-- `home_weight` and `twin_weight`: against another member of the same home, and against a twin.
select
    weighed.identity_id,
    person.person_id,
    weighed.field,
    weighed.level,
    phrase.phrase,
    round(weighed.bits, 2)::double as weight,
    round(weighed.home_bits, 2)::double as home_weight,
    round(weighed.twin_bits, 2)::double as twin_weight,
    scored.probability::double as probability,

from matching_considered_weighed as weighed
join matching_considered_scored as scored
    on scored.identity_id = weighed.identity_id
    and scored.cluster = weighed.cluster
join matching_cluster_person as person
    on person.cluster = weighed.cluster
join matching_phrase as phrase
    on phrase.field = weighed.field
    and phrase.level = weighed.level
where scored.probability >= 0.05
