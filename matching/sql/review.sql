-- One row per pair of people that a person should look at, the likeliest question of each pair.
-- `record` is the row_id of a row that raises the question. A pair already judged is left out.
select
    'R' || md5(least(doubt.person_id, doubt.other_person_id) || '|' || greatest(doubt.person_id, doubt.other_person_id))[1:12]
        as review_id,
    doubt.person_id,
    doubt.other_person_id,
    (select min(row_id) from identity.row_identity as mapped where mapped.identity_id = doubt.identity_id)::varchar as record,
    doubt.probability::double as probability,
    doubt.because,
    case when judged.verdict = 'unsure' then '不确定' else '待核实' end as state,

from matching_doubt as doubt
left join matching_judged_pair as judged
    on judged.person_id = doubt.person_id
    and judged.other_person_id = doubt.other_person_id
where doubt.person_id <> doubt.other_person_id
    and coalesce(judged.verdict, 'unsure') = 'unsure'
qualify row_number() over (
    partition by least(doubt.person_id, doubt.other_person_id), greatest(doubt.person_id, doubt.other_person_id)
    order by doubt.probability desc, doubt.because, doubt.person_id, doubt.identity_id
) = 1
