-- What was put to whom, what came back, and what became of it. Permanent, appended to. Written by reports.answers;
-- read by it, by matching (through identity.judgement) and by the models that follow visits and measure answers.
create schema if not exists answers;

-- One row per row of a workbook that was handed out, as it was printed. `printed` is a keyed hash of the cells that
-- say whom and what the row is about: a token beside other cells binds nothing. row_kind: finding, review, visit.
-- row_key: finding_id; review_id.own_row_id.other_person_id; person_id. evidence_hash: the facts under a finding then.
create table if not exists answers.issued (
    token varchar not null,
    printed varchar not null,
    row_kind varchar not null,
    row_key varchar not null,
    evidence_hash varchar,
    month date not null,
    issued_at timestamp not null,
);

-- One row per content that came back, however often it came. status: read, refused (could not be read; tried again
-- each night). month: that of most of its rows. reply: the receipt's name in the outbox, is_replied once it is written.
create table if not exists answers.file (
    file_id integer not null,
    source_file varchar not null,
    sha256 varchar not null,
    received_at timestamp not null,
    received_on date not null,
    run_id integer not null,
    status varchar not null,
    reason varchar,
    month date not null,
    reply varchar not null,
    is_replied boolean not null,
);

-- One row per row that came back. outcome: applied, repeated (known already), unanswered, returned (with the reason).
-- sheet_no counts the worksheets of the file from 1.
create table if not exists answers.returned_row (
    file_id integer not null,
    sheet_no integer not null,
    sheet varchar,
    source_row bigint not null,
    outcome varchar not null,
    reason varchar,
    row_kind varchar,
    row_key varchar,
);

-- One row per answer to a finding that was taken in, as given. said: a hash of what was answered, on which facts.
-- openings: how often the finding had been opened by then; an answer counts for its own opening alone.
-- answered_on: the day of the run that took it in.
create table if not exists answers.finding_answer (
    finding_id varchar not null,
    evidence_hash varchar,
    openings integer not null,
    said varchar not null,
    state varchar not null,
    result varchar,
    notified_on date,
    replied_on date,
    by_whom varchar,
    remark varchar,
    month date not null,
    answered_on date not null,
    read_at timestamp not null,
    file_id integer not null,
    sheet_no integer not null,
    source_row bigint not null,
);

-- One row per answer to an identity question that was taken in; the verdict itself stands in identity.judgement too.
create table if not exists answers.review_answer (
    review_id varchar not null,
    left_key varchar not null,
    right_key varchar not null,
    verdict varchar not null,
    by_whom varchar not null,
    remark varchar,
    month date not null,
    answered_on date not null,
    read_at timestamp not null,
    file_id integer not null,
    sheet_no integer not null,
    source_row bigint not null,
);

-- One row per visit of a person in the monitoring window (三不变), or per named contact without a visit yet.
create table if not exists answers.visit (
    person_id varchar not null,
    visited_on date,
    contact varchar,
    remark varchar,
    month date not null,
    answered_on date not null,
    read_at timestamp not null,
    file_id integer not null,
    sheet_no integer not null,
    source_row bigint not null,
);

-- One row per answer the office has taken back (the file, sheet and row it came in say which): it stays written down and
-- counts no more. withdrawn_at against answers.issued.issued_at tells a list that was printed before from a later one.
create table if not exists answers.withdrawn (
    file_id integer not null,
    sheet_no integer not null,
    source_row bigint not null,
    row_kind varchar not null,
    row_key varchar not null,
    by_whom varchar not null,
    why varchar not null,
    withdrawn_on date not null,
    withdrawn_at timestamp not null,
);

-- One row per finding with an answer that counts: what its answers said, the later word of each kind. A finding that
-- came back on other facts was opened anew: what was said of the earlier facts (notice, reviewer) does not count.
create or replace view answers.finding_standing as
select
    answer.finding_id,
    arg_max(answer.result, answer.rowid) filter (answer.result is not null)             as result,
    arg_max(answer.notified_on, answer.rowid) filter (answer.notified_on is not null)   as notified_on,
    arg_max(answer.replied_on, answer.rowid) filter (answer.replied_on is not null)     as replied_on,
    arg_max(answer.by_whom, answer.rowid) filter (answer.by_whom is not null)           as by_whom,
    arg_max(answer.remark, answer.rowid) filter (answer.remark is not null)             as remark,
    max(answer.answered_on)                                                             as answered_on,

from answers.finding_answer as answer
join (
    select history.finding_id, count(*) as openings
    from findings.history as history
    where history."by" = '系统' and history.state = '待核实'
    group by history.finding_id
) as opening
    on opening.finding_id = answer.finding_id
    and opening.openings = answer.openings
anti join answers.withdrawn as withdrawn
    on withdrawn.file_id = answer.file_id
    and withdrawn.sheet_no = answer.sheet_no
    and withdrawn.source_row = answer.source_row
group by answer.finding_id;

-- One row per identity question with an answer that counts: the last one.
create or replace view answers.review_standing as
select
    answer.review_id,
    arg_max(answer.verdict, answer.rowid)     as verdict,
    arg_max(answer.by_whom, answer.rowid)     as by_whom,
    arg_max(answer.remark, answer.rowid)      as remark,
    arg_max(answer.answered_on, answer.rowid) as answered_on,

from answers.review_answer as answer
anti join answers.withdrawn as withdrawn
    on withdrawn.file_id = answer.file_id
    and withdrawn.sheet_no = answer.sheet_no
    and withdrawn.source_row = answer.source_row
group by answer.review_id;

-- One row per visit or named contact that counts, as answers.visit; visit_no: the order they came in.
create or replace view answers.visit_in_force as
select visit.*, visit.rowid as visit_no
from answers.visit as visit
anti join answers.withdrawn as withdrawn
    on withdrawn.file_id = visit.file_id
    and withdrawn.sheet_no = visit.sheet_no
    and withdrawn.source_row = visit.source_row;

-- The life of findings that answers settle: the day a person closed one (NULL: open, or ended by the data alone), and
-- the facts it was last seen with, so that one that comes back can say what changed.
alter table findings.known add column if not exists settled_on date;
create table if not exists findings.known_fact (
    finding_id varchar not null,
    event_date date,
    what varchar,
);
