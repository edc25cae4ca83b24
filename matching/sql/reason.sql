-- One row per identity placed by weighed evidence: what agrees and what does not, in plain Chinese without any value.
select
    weighed.identity_id,
    string_agg(phrase.phrase, ';' order by phrase.position) as because,

from matching_considered_weighed as weighed
join matching_placed as placed
    on placed.identity_id = weighed.identity_id
    and placed.cluster = weighed.cluster
    and placed.round = 'weighed_evidence'
join matching_phrase as phrase
    on phrase.field = weighed.field
    and phrase.level = weighed.level
group by weighed.identity_id
