-- One row per identity that has no person yet, with what of it can be compared.
select
    claim.identity_id,
    claim.folded,
    claim.key,
    claim.pinyin,
    claim.quality,
    claim.number,
    claim.choices,
    claim.digits,
    claim.pattern,
    claim.low,
    claim.high,
    claim.rounded,
    claim.sex,
    case when claim.birth_precision = 'day' then claim.birth_date end as birth_date,
    claim.birth_date as birth_begin,
    claim.birth_precision,

from matching_claim as claim
anti join matching_placed as placed
    on placed.identity_id = claim.identity_id
where claim.key <> ''
