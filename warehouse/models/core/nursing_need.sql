-- One row per person and roster month in which somebody of a family needs half or full care: so says the
-- roster, or the latest assessment by the end of that month (moderate or severe).
-- doubtful: only a possible other self was assessed.
with

assessed as (

    select
        self.person_id,
        self.doubtful,
        assessment.level,
        assessment.assessed_on,
        lead(assessment.assessed_on) over (
            partition by self.person_id, self.self_id order by assessment.assessed_on, assessment.row_id
        ) as next_on,
    from linked.care_assessments as assessment
    join core.possible_self as self
        on self.self_id = assessment.person_id
    where assessment.assessed_on <= (select as_of from run.context)

),

need as (

    select family_no, person_id, month, false as doubtful
    from core.roster
    where care_need in ('half', 'full')

    union all

    select roster.family_no, roster.person_id, roster.month, assessed.doubtful
    from core.roster as roster
    join assessed
        on assessed.person_id = roster.person_id
        and assessed.assessed_on <= last_day(roster.month)
        and (assessed.next_on is null or assessed.next_on > last_day(roster.month))
    where assessed.level in ('moderate', 'severe')

)

select
    family_no,
    person_id,
    month,
    bool_and(doubtful) as doubtful,

from need
group by family_no, person_id, month
