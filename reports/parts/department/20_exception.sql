-- One row per open finding this department is a recipient of. The full number is shown only as the department
-- itself delivered it; without a row of its own it sees a masked one.
with

located as (

    select
        subject.*,
        case
            when own_fact.place.is_of_subject or latest_row.row_id is null then own_fact.place
            else struct_pack(
                row_id := latest_row.row_id,
                source_file := latest_row.source_file,
                sheet := latest_row.sheet,
                source_row := latest_row.source_row,
                is_of_subject := true
            )
        end                as place,

    from temp.subject as subject
    join temp.addressed as addressed on addressed.finding_id = subject.finding_id
    join temp.context as context on context.department = addressed.department
    left join temp.own_fact as own_fact on own_fact.finding_id = subject.finding_id
    left join temp.latest_row as latest_row
        on latest_row.person_id = subject.subject_id
        and latest_row.department = context.department

)

select
    located.finding_id,
    located.rule,
    located.kind,
    located.place.source_file                                                         as source_file,
    located.place.sheet                                                               as sheet,
    located.place.source_row                                                          as source_row,
    coalesce(written.name, located.subject_name)                                      as name,
    coalesce(written.id_no, masked(located.subject_number))                           as shown_number,
    located.subject_family                                                            as family_no,
    located.town,
    located.community,
    located.condition_label,
    located.summary,
    fact_text.facts,
    located.clause,
    located.first_met_on,
    located.amount,
    label_of('identity', located.identity)                                            as identity_label,
    located.state,

from located
left join temp.written_row as written
    on written.row_id = located.place.row_id
    and written.person_id = located.subject_id
left join temp.fact_text as fact_text on fact_text.finding_id = located.finding_id
