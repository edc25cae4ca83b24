-- One row per open identity that one person alone is likely enough to own; see matching.weighing.
select
    identity_id,
    cluster,
    'weighed_evidence' as round,
    false as is_certain,
    false as is_strong,
    probability,

from matching_scored
where probability >= ?
qualify row_number() over (partition by identity_id order by probability desc, cluster) = 1
