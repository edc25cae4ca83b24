-- One row per family that is on dibao or edge now, month up to the day, and member listed with it in these categories:
-- the line that speaks for the member where several do, a certain one before others.
select roster.*,

from core.roster as roster
semi join core.helped as now
    on now.family_no = roster.family_no and now.category in ('dibao', 'dibao_edge')
where roster.category in ('dibao', 'dibao_edge')
qualify row_number() over (
    partition by roster.family_no, roster.month, roster.person_id order by roster.certain desc, roster.row_id
) = 1
