-- One row per field and level: how many pairs of two people of one home stand at it.
with

named as (

    select 'name' as field, coalesce(compared.agreement, 'exact') as level
    from matching_household_pair as pair
    left join matching_compared as compared
        on compared.name_no = pair.name_no
        and compared.person_name_no = pair.person_name_no

),

born as (

    select 'birth' as field, case
        when birth = other_birth then 'equal'
        when (birth // 10000 = other_birth // 10000)::integer + (birth // 100 % 100 = other_birth // 100 % 100)::integer
            + (birth % 100 = other_birth % 100)::integer >= 2 then 'close'
        else 'different'
    end as level

    from matching_household_pair

    union all

    select 'birth' as field, case when birth // 100 = other_birth // 100 then 'month' else 'month_away' end as level
    from matching_household_pair

    union all

    select 'birth' as field, case when birth // 10000 = other_birth // 10000 then 'year' else 'year_away' end as level
    from matching_household_pair

),

sexed as (

    select 'sex' as field, case when sex = other_sex then 'equal' else 'different' end as level
    from matching_household_pair

),

numbered as (

    select 'number' as field, number as level from matching_household_pair

    union all

    select 'number' as field, case when is_masked then 'masked' else 'masked_away' end as level
    from matching_household_pair

    union all

    select 'number' as field, case when is_tail then 'tail' else 'tail_away' end as level
    from matching_household_pair

    union all

    select 'number' as field, case when is_glimpsed then 'glimpsed' else 'glimpsed_away' end as level
    from matching_household_pair

)

select field, level, 0 as office, count(*)::double as count
from (
    select * from named union all select * from born union all select * from sexed union all select * from numbered
)
group by field, level
