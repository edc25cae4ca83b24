-- One row per person ever on the roster: where the latest roster month puts them.
select
    roster.person_id,
    arg_max(roster.family_no, roster.month)  as family_no,
    arg_max(roster.category, roster.month)   as category,
    arg_max(roster.town, roster.month)       as town,
    arg_max(roster.community, roster.month)  as community,

from core.roster as roster
where roster.person_id is not null
group by roster.person_id
