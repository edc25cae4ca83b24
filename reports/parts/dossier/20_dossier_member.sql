-- One row per family and member on that roster, as the latest of equal rows has it.
select
    roster.family_no,
    roster.person_id,
    arg_max(roster.relation, roster.row_id)         as relation,
    arg_max(roster.person_amount, roster.row_id)    as person_amount,
    arg_max(roster.labour_capacity, roster.row_id)  as labour_capacity,
    arg_max(roster.care_need, roster.row_id)        as care_need,
    min(roster.start_date)                          as start_date,

from core.roster as roster
join temp.dossier_family as family
    on family.family_no = roster.family_no
    and family.month = roster.month
where roster.person_id is not null
group by roster.family_no, roster.person_id
