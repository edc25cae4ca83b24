-- One row: how a finding stands once one answer to it is taken back: as the answers before it left it, open where there
-- were none. Where the data has ended or opened the finding since, the answer decides nothing any more and all stays.
with

answer as (

    select finding_answer.*, finding_answer.rowid as entry_no
    from answers.finding_answer as finding_answer
    where (finding_answer.file_id, finding_answer.sheet_no, finding_answer.source_row)
        = ($file_id, $sheet_no, $source_row)

),

opening as (

    select count(*) as openings
    from findings.history as history
    join answer on answer.finding_id = history.finding_id
    where history."by" = '系统' and history.state = '待核实'

),

earlier as (

    select
        arg_max(finding_answer.state, finding_answer.rowid)        as state,
        arg_max(finding_answer.answered_on, finding_answer.rowid)  as answered_on,

    from answers.finding_answer as finding_answer
    join answer
        on answer.finding_id = finding_answer.finding_id
        and answer.openings = finding_answer.openings
        and answer.entry_no > finding_answer.rowid
    anti join answers.withdrawn as withdrawn
        on (withdrawn.file_id, withdrawn.sheet_no, withdrawn.source_row)
        = (finding_answer.file_id, finding_answer.sheet_no, finding_answer.source_row)

)

select
    known.state = answer.state and opening.openings = answer.openings                as is_in_force,
    known.finding_id,
    case when is_in_force then coalesce(earlier.state, '待核实') else known.state end as state,
    case
        when not is_in_force then known.settled_on
        when earlier.state in ('属实', '不属实', '已过期') then earlier.answered_on
    end                                                                              as settled_on,

from answer
join findings.known as known on known.finding_id = answer.finding_id
cross join opening
cross join earlier
