-- One row per family on the latest delivered roster: those for whom 一户一档一策 is kept.
-- The paired contact and the last visit are what came back in answered workbooks; nothing else knows them.
with

visited as (

    select
        member.family_no,
        arg_max(visit.contact, (coalesce(visit.visited_on, visit.answered_on), visit.read_at))
            filter (where visit.contact is not null)                     as contact,
        max(visit.visited_on)                                            as last_visited_on,

    from answers.visit_in_force as visit
    join mart.dossier_member as member on member.person_id = visit.person_id
    where visit.answered_on <= (select as_of from run.context)
    group by member.family_no

),

flagged as (

    select
        family_no,
        count(distinct finding_id) filter (where kind = 'supportive')    as open_supportive,
        count(distinct finding_id) filter (where kind = 'adverse')       as open_adverse,

    from mart.dossier_flag
    group by family_no

)

select
    household.family_no,
    household.month,
    household.category,
    household.cause,
    household.head_person_id,
    household.members,
    household.household_amount,
    household.town,
    household.community,
    (
        select min(member.helped_since)
        from mart.dossier_member as member
        where member.family_no = household.family_no
    )                                               as helped_since,
    coalesce(flagged.open_supportive, 0)            as open_supportive,
    coalesce(flagged.open_adverse, 0)               as open_adverse,
    visited.contact,
    visited.last_visited_on,

from core.household as household
left join flagged on flagged.family_no = household.family_no
left join visited on visited.family_no = household.family_no
where household.month = (select max(month) from core.roster_month)
