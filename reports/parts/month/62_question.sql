-- One row per open identity question and department it is put to. The department that delivered the row which raises
-- the question is asked. Where no row is named, each department that holds a row of either side. Its own side is
-- left, the other right.
with

department as (

    select distinct contract.department from raw.contract as contract

),

held as (

    select
        review.review_id,
        review.person_id,
        review.other_person_id,
        review.probability,
        review.waiting,
        review.state,
        review.because,
        record_row.row_id       as record_row_id,
        record_row.department   as record_department,
        record_row.person_id    as record_person_id,
        latest.row_id           as own_row_id,
        other_latest.row_id     as other_own_row_id,
        department.department,

    from mart.identity_review as review
    cross join department
    left join temp.written_row as record_row on record_row.row_id = try_cast(review.record as bigint)
    left join temp.latest_row as latest
        on latest.person_id = review.person_id
        and latest.department = department.department
    left join temp.latest_row as other_latest
        on other_latest.person_id = review.other_person_id
        and other_latest.department = department.department

),

asked as (

    select
        held.*,
        coalesce(held.record_row_id, held.own_row_id, held.other_own_row_id)  as left_row_id,
        case
            when held.record_row_id is not null then held.record_person_id = held.other_person_id
            else held.own_row_id is null
        end                                                                   as is_turned,

    from held
    where held.state <> '已答复'
        and case
        when held.record_row_id is not null then held.record_department = held.department
        else held.own_row_id is not null or held.other_own_row_id is not null
    end

)

select
    asked.department,
    asked.review_id,
    asked.probability,
    asked.waiting,
    asked.state,
    asked.because,
    asked.left_row_id                                                             as own_row_id,
    case when asked.is_turned then asked.other_person_id else asked.person_id end as own_person_id,
    -- Where nobody else is in sight, the question is whether the row is that person's at all.
    case when asked.is_turned then asked.person_id else coalesce(asked.other_person_id, asked.person_id) end
                                                                                  as other_person_id,

from asked
