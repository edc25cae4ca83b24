-- One row per person ever on the roster: where the latest roster month puts them. The community of a protected
-- person's family is left out here, before any sheet can read it.
select
    roster.person_id,
    arg_max(roster.family_no, (roster.month, roster.row_id))  as family_no,
    arg_max(roster.category, (roster.month, roster.row_id))   as category,
    arg_max(roster.town, (roster.month, roster.row_id))       as town,
    arg_max(roster.community, (roster.month, roster.row_id)) filter (
        where roster.person_id not in (select protected.person_id from temp.protected_person as protected)
            and coalesce(roster.family_no, '') not in (select protected.family_no from temp.protected_family as protected)
    )                                        as community,

from core.roster as roster
where roster.person_id is not null
group by roster.person_id
