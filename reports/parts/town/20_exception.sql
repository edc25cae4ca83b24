-- One row per open finding about somebody who lives in this town, of those Civil Affairs receives: the town's office
-- looks into them for Civil Affairs. What concerns two departments' records alone is theirs. Numbers are masked; the
-- place in the file is that of the latest row of the roster.
with

roster_row as (

    select
        written_row.person_id,
        arg_max(written_row.source_file, written_row.row_id)  as source_file,
        arg_max(written_row.sheet, written_row.row_id)        as sheet,
        arg_max(written_row.source_row, written_row.row_id)   as source_row,

    from temp.written_row as written_row
    where written_row.source_table = 'assistance_roster'
    group by written_row.person_id

)

select
    subject.finding_id,
    subject.rule,
    subject.kind,
    roster_row.source_file,
    roster_row.sheet,
    roster_row.source_row,
    subject.subject_name             as name,
    masked(subject.subject_number)   as shown_number,
    subject.subject_family           as family_no,
    subject.town,
    subject.community,
    subject.condition_label,
    subject.summary,
    fact_text.facts,
    subject.clause,
    subject.first_met_on,
    subject.amount,
    label_of('identity', subject.identity)  as identity_label,
    subject.state,

from temp.subject as subject
join temp.addressed as addressed
    on addressed.finding_id = subject.finding_id
    and addressed.department = 'civil_affairs'
join temp.context as context on context.town = subject.town
left join roster_row on roster_row.person_id = subject.subject_id
left join temp.fact_text as fact_text on fact_text.finding_id = subject.finding_id
where not subject.parties_only
