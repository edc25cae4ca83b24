-- One row per person in the monitoring window after an exit from dibao or dibao edge (三不变): who is in contact with
-- them, when they were last visited, and whether a visit is missing. As long as no office reports visits at all, a
-- missing one says nothing (lacks_visit NULL). Who died (one report alone is not believed), moved away or is on the latest roster again is not followed.
with

figure as (

    select
        context.as_of,
        (select arg_max(value, valid_from) from policy.monitoring_window_months where valid_from <= as_of) as window_months,
        (select arg_max(value, valid_from) from policy.visit_interval_months where valid_from <= as_of) as interval_months,
        exists (select 1 from answers.visit_in_force where visited_on is not null and answered_on <= as_of) as are_reported,
    from run.context as context

),

left_last as (

    select exits.person_id, exits.family_no, exits.category, exits.exit_date, exits.reason
    from core.exit as exits
    where exits.category in ('dibao', 'dibao_edge')
    qualify row_number() over (partition by exits.person_id order by exits.exit_date desc, exits.row_id) = 1

),

visited as (

    select
        visit.person_id,
        max(visit.visited_on) filter (visit.visited_on <= figure.as_of) as last_visited_on,
        arg_max(visit.contact, visit.visit_no) filter (visit.contact is not null) as contact,
    from answers.visit_in_force as visit
    cross join figure
    where visit.answered_on <= figure.as_of
    group by visit.person_id

)

select
    left_last.person_id,
    left_last.family_no,
    left_last.category,
    left_last.exit_date,
    (left_last.exit_date + to_months(figure.window_months))::date as followed_until,
    visited.contact,
    visited.last_visited_on,
    case
        when figure.are_reported then coalesce(
            visited.last_visited_on + to_months(figure.interval_months) < figure.as_of,
            left_last.exit_date + to_months(figure.interval_months) < figure.as_of
        )
    end                                                            as lacks_visit,

from left_last
cross join figure
left join visited on visited.person_id = left_last.person_id
left join core.death as death on death.person_id = left_last.person_id and death.source_count > 1
left join core.helped as helped on helped.person_id = left_last.person_id
where coalesce(left_last.reason, 'other') in ('income', 'voluntary', 'other')
    and left_last.exit_date + to_months(figure.window_months) >= figure.as_of
    and death.person_id is null
    and helped.person_id is null
