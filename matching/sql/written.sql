-- One row per identity with what is written in it as numbers, as far as no doubt is possible. `number_no`: the first
-- 17 digits, which say all, of a number that is valid as it is written; `digits`: the whole of it where it is digits
-- alone. `odd`: the text of any other number, to be read one by one. `written_no` stands for the name as written.
-- The check is GB 11643's sum, written out in whole numbers: that is many times faster than a list function.
with

shaped as (

    select
        *,
        case when regexp_full_match(id_no, '[1-9][0-9]{16}[0-9X]') then left(id_no, 17)::bigint end as number_no,

    from identity.identity

),

read as (

    select
        *,
        number_no // 1000000000000000 as province,
        number_no // 10000000 % 10000 as year,
        number_no // 100000 % 100 as month,
        number_no // 1000 % 100 as day,
        ((number_no // 10000000000000000) * 7 + (number_no // 1000000000000000 % 10) * 9
            + (number_no // 100000000000000 % 10) * 10 + (number_no // 10000000000000 % 10) * 5
            + (number_no // 1000000000000 % 10) * 8 + (number_no // 100000000000 % 10) * 4
            + (number_no // 10000000000 % 10) * 2 + (number_no // 1000000000 % 10)
            + (number_no // 100000000 % 10) * 6 + (number_no // 10000000 % 10) * 3
            + (number_no // 1000000 % 10) * 7 + (number_no // 100000 % 10) * 9
            + (number_no // 10000 % 10) * 10 + (number_no // 1000 % 10) * 5
            + (number_no // 100 % 10) * 8 + (number_no // 10 % 10) * 4
            + (number_no % 10) * 2) % 11 as remainder,

    from shaped

),

checked as (

    select
        *,
        coalesce((
            province in (
                11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
                61, 62, 63, 64, 65, 71, 81, 82, 83
            ) or province >= 90
        )
        and year >= year(current_date) - 120
        and month between 1 and 12
        and day between 1 and (case
            when month in (4, 6, 9, 11) then 30
            when month <> 2 then 31
            when year % 4 = 0 and (year % 100 <> 0 or year % 400 = 0) then 29
            else 28
        end)
        and year * 10000 + month * 100 + day <= strftime(current_date, '%Y%m%d')::bigint
        and id_no[18] = substr('10X98765432', 1 + remainder::integer, 1), false) as is_plain,

    from read

)

select
    identity_id,
    case when name is not null then hash(name) end as written_no,
    case when is_plain then number_no end as number_no,
    case when is_plain and not ends_with(id_no, 'X') then id_no::bigint end as digits,
    case when not is_plain then id_no end as odd,
    disability_no,
    sex,
    year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date) as birth,
    birth_precision,

from checked
