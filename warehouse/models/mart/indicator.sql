-- One row per month, town, community and measure: the numbers behind the yearly assessment (四.1).
-- Counts add up over places; shares (…_share) and medians (days_to_close_…) do not. A measure whose source was never
-- delivered has no row. Findings are counted where the person or family was last listed.
-- suppressed: must not leave the coordinating office. So is a cell in which fewer people than policy.small_cell_limit are
-- counted, or received, or went without; and where the hidden cells of a town, or the hidden towns, could be worked out
-- from their total, the next smallest are hidden with them.
with

figure as (

    select coalesce(arg_max(value, valid_from), 0) as least_people
    from policy.small_cell_limit
    where valid_from <= (select as_of from run.context)

),

cell as (

    select
        counted.*,
        figure.least_people,
        people < least_people
            or people_with between 1 and least_people - 1
            or people_without between 1 and least_people - 1 as is_small,

    from area.count as counted
    cross join figure

),

-- In this order the cells of a town are hidden, until at least two are and together they are no small group.
hidden_cell as (

    select
        *,
        is_small or (
            bool_or(is_small) over (partition by month, measure, town)
            and (
                row_number() over smallest <= 2
                or sum(people) over before_it < least_people
                or sum(people_with) over before_it between 1 and least_people - 1
                or sum(people_without) over before_it between 1 and least_people - 1
            )
        ) as is_hidden,

    from cell
    window
        smallest as (
            partition by month, measure, town
            order by is_small desc, nullif(people_without, 0) nulls last, nullif(people_with, 0) nulls last, community
        ),
        before_it as (
            partition by month, measure, town
            order by is_small desc, nullif(people_without, 0) nulls last, nullif(people_with, 0) nulls last, community
            rows between unbounded preceding and 1 preceding
        )

),

town as (

    select
        month,
        measure,
        town,
        any_value(least_people)  as least_people,
        sum(people)              as people,
        sum(people_with)         as people_with,
        sum(people_without)      as people_without,
        sum(people) < any_value(least_people)
            or sum(people_with) between 1 and any_value(least_people) - 1
            or sum(people_without) between 1 and any_value(least_people) - 1 as is_small,

    from cell
    group by month, measure, town

),

-- The same among towns, whose totals add up to the city's.
hidden_town as (

    select
        month,
        measure,
        town,
        is_small or (
            bool_or(is_small) over (partition by month, measure)
            and (
                row_number() over smallest <= 2
                or sum(people) over before_it < least_people
                or sum(people_with) over before_it between 1 and least_people - 1
                or sum(people_without) over before_it between 1 and least_people - 1
            )
        ) as is_hidden,

    from town
    window
        smallest as (
            partition by month, measure
            order by is_small desc, nullif(people_without, 0) nulls last, nullif(people_with, 0) nulls last, town
        ),
        before_it as (
            partition by month, measure
            order by is_small desc, nullif(people_without, 0) nulls last, nullif(people_with, 0) nulls last, town
            rows between unbounded preceding and 1 preceding
        )

)

select
    hidden_cell.month,
    hidden_cell.town,
    hidden_cell.community,
    hidden_cell.measure,
    hidden_cell.value,
    hidden_cell.people,
    hidden_cell.is_hidden or hidden_town.is_hidden as suppressed,

from hidden_cell
join hidden_town
    on hidden_town.month = hidden_cell.month
    and hidden_town.measure = hidden_cell.measure
    and hidden_town.town is not distinct from hidden_cell.town
