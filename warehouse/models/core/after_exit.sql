-- One row per exit and roster month after it in which the person is listed again, in any category.
-- months_off counts the delivered months since the exit in which nobody listed the person: 0 says that the person
-- never left (a corrected exit, another category, a new family number). The month of the exit itself is neither on
-- nor off. A line of a possible other self in the same family fills a month: a damaged number is no absence.
with

delivered as (

    select month, row_number() over (order by month) as position
    from core.roster_month

),

listed as (

    select
        exits.row_id as exit_row_id,
        exits.person_id,
        exits.exit_date,
        exits.certain as exit_certain,
        roster.month,
        arg_min(roster.row_id, (self.doubtful, not roster.certain, roster.row_id)) as row_id,
        bool_and(self.doubtful) as doubtful,
    from core.exit as exits
    join core.possible_self as self
        on self.person_id = exits.person_id
    join core.roster as roster
        on roster.person_id = self.self_id
        and roster.month >= exits.exit_date
        and (not self.doubtful or roster.family_no = exits.family_no)
    group by exits.row_id, exits.person_id, exits.exit_date, exits.certain, roster.month

),

first_delivered as (

    select
        exits.row_id as exit_row_id,
        min(delivered.position) as position,
    from core.exit as exits
    join delivered
        on delivered.month >= exits.exit_date
    group by exits.row_id

)

select
    listed.exit_row_id,
    listed.person_id,
    listed.exit_date,
    listed.month,
    delivered.position - first_delivered.position
        - (row_number() over (partition by listed.exit_row_id order by listed.month) - 1) as months_off,
    roster.row_id,
    roster.family_no,
    roster.category,
    roster.start_date,
    roster.person_amount,
    not listed.doubtful and listed.exit_certain and roster.certain as certain,
    listed.doubtful,

from listed
join delivered
    on delivered.month = listed.month
join first_delivered
    on first_delivered.exit_row_id = listed.exit_row_id
join core.roster as roster
    on roster.row_id = listed.row_id
