-- One row per two names, an open identity's and a person's, that meet in some candidate pair. Pairs of one name are
-- only marked here: as a condition the optimiser would join by the inequality.
select distinct
    open.name_no,
    person_name.name_no as person_name_no,
    person_name.key_no = open.key_no as is_same,

from matching_candidate as candidate
join matching_open as open
    on open.identity_id = candidate.identity_id
join matching_cluster_name as person_name
    on person_name.cluster = candidate.cluster
