-- One row per open identity question put to this department. The department that delivered the row which raises
-- the question is asked. Where no row is named, each department that holds a row of either side. Its own side is
-- left, the other right.
with

held as (

    select
        review.review_id,
        review.person_id,
        review.other_person_id,
        review.probability,
        review.because,
        record_row.row_id       as record_row_id,
        record_row.department   as record_department,
        record_row.person_id    as record_person_id,
        latest.row_id           as own_row_id,
        other_latest.row_id     as other_own_row_id,
        context.department,

    from mart.identity_review as review
    cross join temp.context as context
    left join temp.written_row as record_row on record_row.row_id = try_cast(review.record as bigint)
    left join temp.latest_row as latest
        on latest.person_id = review.person_id
        and latest.department = context.department
    left join temp.latest_row as other_latest
        on other_latest.person_id = review.other_person_id
        and other_latest.department = context.department

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
    where case
        when held.record_row_id is not null then held.record_department = held.department
        else held.own_row_id is not null or held.other_own_row_id is not null
    end

)

select
    asked.review_id,
    asked.probability,
    asked.because,
    asked.left_row_id                                                             as own_row_id,
    case when asked.is_turned then asked.person_id else asked.other_person_id end as other_person_id,

from asked
