-- One row per finding with a fact of this department: the row the department has to look at. A row of the person
-- the finding is about comes before a row of another member, a later fact before an earlier one.
select
    fact.finding_id,
    arg_max(
        struct_pack(
            row_id := fact.row_id,
            source_file := fact.source_file,
            sheet := fact.sheet,
            source_row := fact.source_row,
            is_of_subject := written.row_id is not null
        ),
        (written.row_id is not null, coalesce(fact.event_date, date '0001-01-01'), fact.position)
    )  as place,

from temp.fact as fact
join temp.context as context on context.department = fact.department
join temp.subject as subject on subject.finding_id = fact.finding_id
left join temp.written_row as written
    on written.row_id = fact.row_id
    and written.person_id = subject.subject_id
group by fact.finding_id
